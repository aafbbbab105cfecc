package query

import "strings"

// Near returns the known word that somebody who wrote word may have meant: one
// that differs in case alone, or in at most a third of its letters and at most
// two of them; two that are swapped count as one. It returns "" if there is none.
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

// distance is the number of letters to add, drop, replace or swap with the next
// one that make a of b.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			d := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				d++
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = min(d, rows[i-1][j]+1, rows[i][j-1]+1)
		}
	}
	return rows[len(a)][len(b)]
}
