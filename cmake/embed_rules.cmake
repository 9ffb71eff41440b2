# Writes the rules of LIBRARY (a folder) into OUTPUT, a source file that defines built_in_rules().
# Run at build time: cmake -DLIBRARY=... -DOUTPUT=... -P embed_rules.cmake
cmake_minimum_required(VERSION 3.25)
file(GLOB_RECURSE rules RELATIVE ${LIBRARY} ${LIBRARY}/*.yml)
list(SORT rules)

set(text "// Made from rules/library by cmake/embed_rules.cmake.\n")
string(APPEND text "#include \"rules/built_in_rules.h\"\n\n#include <vector>\n\nnamespace exotap {\n\n")
string(APPEND text "std::span<const RuleSource> built_in_rules() {\n")
string(APPEND text "  static const std::vector<RuleSource> rules = {\n")
foreach(rule IN LISTS rules)
  file(READ ${LIBRARY}/${rule} content)
  string(FIND "${content}" ")exotap_rule\"" delimiter)
  if(NOT delimiter EQUAL -1)
    message(FATAL_ERROR "${rule}: holds the text that ends an embedded rule")
  endif()
  string(APPEND text "      {\"library/${rule}\",\n       R\"exotap_rule(${content})exotap_rule\"},\n")
endforeach()
string(APPEND text "  };\n  return rules;\n}\n\n}  // namespace exotap\n")

# Untouched where nothing changed, so that nothing is compiled again.
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "@text@" @ONLY NEWLINE_STYLE LF)
