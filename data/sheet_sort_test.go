package data

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Texts of any length, with long beginnings in common, are sorted as whole
// texts are, and equal ones stay in the file's order.
func TestSortLooksAtWholeTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 15))
	begins := []string{"", "note ", "https://example.com/a/long/path/", strings.Repeat("é", 50)}
	alike := strings.Repeat("the same beginning of every text, ", 3)
	for name, begin := range map[string]func() string{
		"nothing in common":   func() string { return "" },
		"several beginnings":  func() string { return begins[r.IntN(len(begins))] },
		"one beginning":       func() string { return alike },
		"quoted and doubled":  func() string { return `say "hi", ` },
		"few different texts": func() string { return begins[r.IntN(len(begins))] + "x" },
	} {
		t.Run(name, func(t *testing.T) {
			var in bytes.Buffer
			var texts []string
			in.WriteString("k,v\n")
			for range 3000 {
				text := begin() + "t" + strings.Repeat("ab", r.IntN(9)) + fmt.Sprint(r.IntN(99))
				texts = append(texts, text)
				fmt.Fprintf(&in, "x,\"%s\"\n", strings.ReplaceAll(text, `"`, `""`))
			}
			s := openSheet(t, writeFile(t, "x.csv", in.String()))
			finish(t, s)
			for _, sign := range []int{1, -1} {
				want := make([]uint32, len(texts))
				for i := range want {
					want[i] = uint32(i)
				}
				slices.SortStableFunc(want, func(a, b uint32) int { return sign * cmp.Compare(texts[a], texts[b]) })
				got, err := s.Sort(t.Context(), 1, sign < 0)
				if err != nil || !slices.Equal(got, want) {
					i := 0
					for i < len(got) && got[i] == want[i] {
						i++
					}
					t.Fatalf("direction %d: wrong from place %d on, %v", sign, i, err)
				}
			}
		})
	}
}
