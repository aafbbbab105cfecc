package query_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// Every line that the reference writes reads as a where line, and its table has
// all operators.
func TestReadme_LinesAreWhereLines(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	columns := []frame.Column{{Name: "sky", Type: frame.Text}, {Name: "wind", Type: frame.Number}, {Name: "country", Type: frame.Text}}
	seen := map[query.Op]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]+) \\| ").FindAllStringSubmatch(string(text), -1) {
		for _, code := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			line := code[1]
			if !strings.Contains(line, " ") && line != "rain" {
				line = "wind " + line + " 3"
			}
			w, err := query.Parse(line, columns, 0)
			if err != nil || len(w) != 1 {
				t.Errorf("%s is %v: %v", line, w, err)
				continue
			}
			seen[w[0].Op] = true
		}
	}
	for _, op := range []query.Op{query.Eq, query.Ne, query.In, query.NotIn, query.Lt, query.Le, query.Gt, query.Ge, query.Contains, query.NotContains, query.Between, query.IsNull, query.IsFilled} {
		if !seen[op] {
			t.Errorf("%s is not shown", op)
		}
	}
	if w, err := query.Parse("country = Trinidad and Tobago", columns, 0); err != nil || len(w) != 1 {
		t.Errorf("%v: %v", w, err)
	}
}
