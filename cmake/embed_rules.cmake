# Writes the .yml files of FOLDER into OUTPUT, a source file that defines FUNCTION() of HEADER, a list
# of TYPE; each is named with the last part of FOLDER's path in front.
# Run at build time: cmake -DFOLDER=... -DOUTPUT=... -DFUNCTION=... -DHEADER=... -DTYPE=...
#                          -P embed_rules.cmake
cmake_minimum_required(VERSION 3.25)
get_filename_component(name ${FOLDER} NAME)
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*.yml)
list(SORT files)

set(text "// Made from rules/${name} by cmake/embed_rules.cmake.\n")
string(APPEND text "#include \"${HEADER}\"\n\n#include <vector>\n\nnamespace exotap {\n\n")
string(APPEND text "std::span<const ${TYPE}> ${FUNCTION}() {\n")
string(APPEND text "  static const std::vector<${TYPE}> files = {\n")
foreach(file IN LISTS files)
  file(READ ${FOLDER}/${file} content)
  string(FIND "${content}" ")exotap_rule\"" delimiter)
  if(NOT delimiter EQUAL -1)
    message(FATAL_ERROR "${file}: holds the text that ends an embedded file")
  endif()
  string(APPEND text
         "      {\"${name}/${file}\",\n       R\"exotap_rule(${content})exotap_rule\"},\n")
endforeach()
string(APPEND text "  };\n  return files;\n}\n\n}  // namespace exotap\n")

# Untouched where nothing changed, so that nothing is compiled again.
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "@text@" @ONLY NEWLINE_STYLE LF)
