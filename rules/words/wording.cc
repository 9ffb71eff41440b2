#include "rules/words/wording.h"

#include <algorithm>

namespace exotap {
namespace {

constexpr Wording kEnglish{
    .code = "en",
    .name = "English",
    .absent = kAbsentText,
    .yes = "true",
    .no = "false",
    .asked_itself =
        " exotap asked the server itself: the program's own connection passes unopened and does "
        "not show its certificate.",
    .fails_alike =
        " This is independent of exotap: tried again without it, it fails in the same way.",
    .fails_otherwise =
        " This is independent of exotap: tried again without it, it fails as well, "
        "in another way: {0}",
    .by_interception = " This is caused by interception. {0}",
    .passed_this_time = " Tried again, it has passed: {0}",
    .nothing_to_mend = "Nothing needs to be mended at {0}. ",
    .pass_it_by =
        "Try again: for the next hour exotap lets its connections pass unopened, and does not "
        "examine them. To have that from the start, give exotap run --tunnel with its name.",
    .mend_the_way =
        "Look at how exotap was told to get there: --connect-timeout may be too short, "
        "--connect-to or --upstream wrong.",
    .gap_title = "exotap did not examine everything that passed",
    .gap_explain =
        "From here on {0} exchanges or more passed without being examined ({1}). They reached "
        "their servers as ever; only findings about them may be missing.",
    .gap_remedy =
        "Read what was found with that in mind, and repeat the failing step alone. Where it comes "
        "again, close what sends so much, or keep busy hosts out with --tunnel HOST.",
    .why = "Why",
    .remedy = "Do",
    .who = "Who",
    .note = "Note",
    .seen = "Seen",
    .more = "More",
    .by_exotap = "exotap itself causes this, not Outlook and not the network.",
    .because = "because of this",
    .since = "{0} since {1}",
    .levels = {"INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"},
    .owners = {"whoever sits at this computer",
               "whoever runs the mail, the sign-in service or the tenant",
               "whoever runs routers, firewalls, name servers and proxies", "Microsoft"},
    .thousands = ",",
    .waiting = "waiting for Outlook",
    .one_exchange = "exchange",
    .exchanges = "exchanges",
    .failed = "failed",
    .no_findings = "no findings",
    .one_finding = "finding",
    .findings = "findings",
    .not_examined = "not examined",
    .open = "open",
    .summary = "In {0}: {1}.",
    .nothing_came = "Nothing came through exotap. Is it set as the proxy of Outlook?",
    .log = "Log",
    .log_has_users = "passwords and tokens are not in it, user names are",
    .log_has_no_users = "passwords, tokens and user names are not in it",
    .gap_notice = "{0} exchanges were not examined: {1} (they passed all the same)",
};

constexpr Wording kGerman{
    .code = "de",
    .name = "Deutsch",
    .absent = "(unbekannt)",
    .yes = "ja",
    .no = "nein",
    .asked_itself =
        " exotap hat den Server selbst gefragt: Die Verbindung des Programms läuft ungeöffnet "
        "durch und zeigt ihr Zertifikat nicht.",
    .fails_alike =
        " Das ist unabhängig von exotap: Ein neuer Versuch ohne exotap scheitert auf dieselbe "
        "Weise.",
    .fails_otherwise =
        " Das ist unabhängig von exotap: Ein neuer Versuch ohne exotap scheitert "
        "auch, aber auf andere Weise: {0}",
    .by_interception =
        " Die Ursache ist das Mitlesen durch exotap: Ohne exotap kommt die Verbindung zustande, "
        "über exotap scheitert sie erneut.",
    .passed_this_time =
        " Ein neuer Versuch ist gelungen, mit exotap und ohne: Der Fehler war vorübergehend.",
    .nothing_to_mend = "Bei {0} ist nichts zu reparieren. ",
    .pass_it_by =
        "Noch einmal versuchen: In der nächsten Stunde lässt exotap die Verbindungen dorthin "
        "ungeöffnet durch und untersucht sie nicht. Soll das von Anfang an gelten, exotap run "
        "mit --tunnel und diesem Namen starten.",
    .mend_the_way =
        "Prüfen, welchen Weg exotap dorthin nehmen soll: --connect-timeout kann zu kurz sein, "
        "--connect-to oder --upstream falsch.",
    .gap_title = "exotap hat nicht alles untersucht, was durchgelaufen ist",
    .gap_explain =
        "Ab hier sind mindestens {0} Vorgänge durchgelaufen, ohne untersucht zu werden ({1}). Sie "
        "haben ihre Server wie sonst auch erreicht; nur Befunde zu ihnen können fehlen.",
    .gap_remedy =
        "Die Befunde mit diesem Vorbehalt lesen und den fehlgeschlagenen Schritt für sich allein "
        "wiederholen. Tritt das wieder auf, das Programm schließen, das so viel sendet, oder "
        "solche Hosts mit --tunnel HOST ausnehmen.",
    .why = "Grund",
    .remedy = "Abhilfe",
    .who = "Wer",
    .note = "Hinweis",
    .seen = "Beleg",
    .more = "Mehr",
    .by_exotap = "Das verursacht exotap selbst, nicht Outlook und nicht das Netz.",
    .because = "deshalb auch",
    .since = "{0} seit {1}",
    .levels = {"INFO", "NIEDRIG", "MITTEL", "HOCH", "KRITISCH"},
    .owners = {"wer an diesem Computer sitzt", "wer E-Mail, Anmeldedienst oder Mandanten betreut",
               "wer Router, Firewalls, Nameserver und Proxys betreut", "Microsoft"},
    .thousands = ".",
    .waiting = "warte auf Outlook",
    .one_exchange = "Vorgang",
    .exchanges = "Vorgänge",
    .failed = "fehlgeschlagen",
    .no_findings = "keine Befunde",
    .one_finding = "Befund",
    .findings = "Befunde",
    .not_examined = "nicht untersucht",
    .open = "offen",
    .summary = "In {0}: {1}.",
    .nothing_came = "Durch exotap ist nichts gekommen. Ist es als Proxy von Outlook eingestellt?",
    .log = "Protokoll",
    .log_has_users = "Kennwörter und Token stehen nicht darin, Benutzernamen schon",
    .log_has_no_users = "Kennwörter, Token und Benutzernamen stehen nicht darin",
    .gap_notice = "{0} Vorgänge wurden nicht untersucht: {1} (durchgelaufen sind sie trotzdem)",
};

constexpr std::array kAll{kEnglish, kGerman};

}  // namespace

std::span<const Wording> all_wordings() { return kAll; }

const Wording& english() { return kAll.front(); }

const Wording* wording_in(std::string_view code) {
  const auto found = std::ranges::find(kAll, code, &Wording::code);
  return found == kAll.end() ? nullptr : &*found;
}

std::string_view level_of(const Wording& words, Level level) {
  switch (level) {
    case Level::informational:
      return words.levels[0];
    case Level::low:
      return words.levels[1];
    case Level::medium:
      return words.levels[2];
    case Level::high:
      return words.levels[3];
    case Level::critical:
      return words.levels[4];
  }
  return words.levels[0];
}

std::string_view owner_of(const Wording& words, Owner owner) {
  switch (owner) {
    case Owner::unnamed:
      return {};
    case Owner::user:
      return words.owners[0];
    case Owner::admin:
      return words.owners[1];
    case Owner::network:
      return words.owners[2];
    case Owner::microsoft:
      return words.owners[3];
  }
  return {};
}

std::string put_in(std::string_view sentence, std::initializer_list<std::string_view> values) {
  std::string out;
  while (!sentence.empty()) {
    const bool place = sentence.size() >= 3 && sentence[0] == '{' && sentence[2] == '}' &&
                       sentence[1] >= '0' && sentence[1] <= '9';
    const auto which = place ? static_cast<std::size_t>(sentence[1] - '0') : values.size();
    if (which < values.size()) {
      out += values.begin()[which];
      sentence.remove_prefix(3);
    } else {
      out += sentence.front();
      sentence.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace exotap
