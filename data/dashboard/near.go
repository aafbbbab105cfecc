package dashboard

import "github.com/authtabs/tabgate/data/query"

// Near returns the known word that somebody who wrote word may have meant: one
// that differs in case alone, or in at most a third of its letters and at most
// two of them; two that are swapped count as one. It returns "" if there is none.
func Near(word string, known []string) string { return query.Near(word, known) }
