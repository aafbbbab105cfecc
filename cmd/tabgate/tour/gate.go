package tour

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
)

// statuses are the answers of a gate to whom a page says such a thing; whom it
// opens to is given it.
var statuses = map[string]int{locked: http.StatusUnauthorized, refused: http.StatusForbidden}

// knock asks the gate for all that its locked pages are made of, as a program
// would whose own rules were taken out. It fails when anything is given to whom
// a page is not for, or refused to whom it is.
func (t *tour) knock(ctx context.Context, who string) error {
	t.step++
	name := cmp.Or(who, "nobody")
	fmt.Fprintf(t.Out, "\n=== %d. %s asks the gate past the app\n\n", t.step, name)
	fmt.Fprintf(t.Out, "A client with its rules patched away asks %s\n%s\n", t.Gate, token(who))
	row := []string{name}
	for _, g := range t.Gated {
		says := t.says(g.Page, who)
		for _, path := range g.Paths {
			if err := t.askFor(ctx, path, says); err != nil {
				return fmt.Errorf("%s asks for %s: %w", name, path, err)
			}
		}
		row = append(row, gave(statuses[says]))
	}
	t.gave = append(t.gave, row)
	return nil
}

// askFor asks for one path, and compares the answer with what the page says to
// who asks.
func (t *tour) askFor(ctx context.Context, path, says string) error {
	a, err := t.Ask(ctx, path)
	if err != nil {
		return err
	}
	fmt.Fprintln(t.Out, t.asked(path, a))
	want := cmp.Or(statuses[says], http.StatusOK)
	if a.Status != want || want != http.StatusOK && a.Says != says || strings.HasPrefix(a.Says, "0 ") {
		return fmt.Errorf("the gate answered %d (%s), and not %d", a.Status, a.Says, want)
	}
	return nil
}

// asked is a request and its answer: in one line where there is room for both.
func (t *tour) asked(path string, a Answer) string {
	answer := fmt.Sprintf("%d  %s", a.Status, a.Says)
	if line := fmt.Sprintf("  GET %-39s  %s", path, answer); len(line) <= t.Width {
		return line
	}
	return "  GET " + path + "\n      " + answer
}

// token says whose token a request carries.
func token(who string) string {
	if who == "" {
		return "without a token:"
	}
	return "with the access token of " + who + ":"
}

// gave is an answer in the summary.
func gave(status int) string {
	if status == 0 {
		return "given"
	}
	return fmt.Sprintf("refused, %d", status)
}
