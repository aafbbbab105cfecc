package dashboard

import "strings"

// Near returns the known word that somebody who wrote word may have meant: one
// that differs in case alone, or in at most a third of its letters and at most
// two of them. It returns "" if there is none.
func Near(word string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if len(word) > 2*len(k) {
			continue // nothing is near, and the word may be of any length
		}
		d := distance([]rune(strings.ToLower(word)), []rune(strings.ToLower(k)))
		if d < least && d*3 <= len([]rune(k)) {
			best, least = k, d
		}
	}
	return best
}

// distance is the number of letters to add, drop or replace that make a of b.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			d := diagonal
			if x != y {
				d++
			}
			diagonal = row[j+1]
			row[j+1] = min(d, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
