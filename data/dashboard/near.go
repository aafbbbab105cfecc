package dashboard

import "github.com/authtabs/tabgate/data/query"

// Near returns the known word that somebody who wrote word may have meant, as
// [query.Near] finds it, or "".
func Near(word string, known []string) string { return query.Near(word, known) }
