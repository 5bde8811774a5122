# Writes the page's service worker with the list of the files that it keeps and the hashes of their contents.
#   cmake -D SITE=dir -D WORKER=service_worker.js -P precache.cmake

file(GLOB_RECURSE paths RELATIVE ${SITE} ${SITE}/*)
# What is only for a page on an emulator's server is not kept, nor what is compressed.
list(REMOVE_ITEM paths service_worker.js retire.js styles/served.css)
list(FILTER paths EXCLUDE REGEX "\\.(br|gz)$")
list(SORT paths)
set(FILES)
foreach(path IN LISTS paths)
  file(SHA256 ${SITE}/${path} hash)
  string(APPEND FILES "\n  ['${path}', '${hash}'],")
endforeach()
set(FILES "[${FILES}\n]")
configure_file(${WORKER} ${SITE}/service_worker.js @ONLY)
