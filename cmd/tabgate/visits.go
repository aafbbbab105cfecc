package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/authtabs/tabgate/auth/localpool"
)

// What a page says, by which the tour knows what it sees.
const (
	atHome  = "Home"
	walked  = "100% Complete"
	layers  = "Flow" // a narrow page leaves the rest of "Outbound Flow" out
	figures = "Gross Agricultural Production"
	locked  = "Please login!"
	refused = "You do not have access. Please contact the administrator."
)

// visit is one person's round: who comes, the tab that they sign in from, and
// what tabs 1 to 4 must show them.
type visit struct {
	who  string // an email address, "" = nobody signs in
	from int
	sees [4]string
}

var visits = []visit{
	{"", 1, [4]string{atHome, locked, locked, figures}},
	{"underwriter@example.com", 2, [4]string{"underwriter@example.com", walked, refused, figures}},
	{"analyst@example.com", 3, [4]string{"analyst@example.com", refused, layers, figures}},
	{"both@example.com", 1, [4]string{"both@example.com", walked, layers, figures}},
	{"guest@example.com", 4, [4]string{"guest@example.com", refused, refused, figures}},
}

// verdicts are the words for what a page says; any other text is a page.
var verdicts = map[string]string{locked: "log in first", refused: "no access"}

func verdictOf(says string) string { return orElse(verdicts[says], "open") }

// round plays a visit: the tab signed in from first, then the others.
func (t *tour) round(ctx context.Context, v visit) error {
	name := orElse(v.who, "nobody")
	if err := t.press(ctx, tabKey(v.from))(); err != nil {
		return err
	}
	arrival := "Nobody is signed in, tab %d"
	if v.who != "" {
		if err := t.signIn(ctx, v.who)(); err != nil {
			return err
		}
		arrival = v.who + " signed in from tab %d and is on it"
	}
	row := append([]string{name}, make([]string, 4)...)
	for i := range v.sees {
		tab := (v.from-1+i)%4 + 1
		says := v.sees[tab-1]
		title := fmt.Sprintf("%s, tab %d: %s", name, tab, verdictOf(says))
		if i == 0 {
			title = fmt.Sprintf(arrival, tab)
		}
		if err := t.look(ctx, title, tabKey(tab), says)(); err != nil {
			return err
		}
		row[tab] = verdictOf(says)
	}
	t.seen = append(t.seen, row)
	if v.who == "" {
		return nil
	}
	return t.signOut(ctx)()
}

func tabKey(tab int) string { return fmt.Sprint(tab) }

// newcomer signs up, has no group, gets one, and refreshes.
func (t *tour) newcomer(ctx context.Context) error {
	const email = "newcomer@example.com"
	person := t.pool.Person(email, localpool.DemoPassword)
	t.seen = append(t.seen, []string{email, "open", "no access, then open", "no access", "open"})
	return t.all(t.press(ctx, "2"),
		t.arrive(ctx, func(ctx context.Context, address string) error {
			return arrived(person.SignUp(ctx, address))
		}),
		t.look(ctx, email+" signed up, confirmed the code and signed in, and has no group yet", "2", refused),
		func() error { return t.pool.AddGroup(email, localpool.Underwriters) },
		t.press(ctx, "ctrl+r"),
		t.look(ctx, "An administrator ran `tabgate pool groups add "+email+" Underwriters`; ctrl+r opened tab 2 without a new sign-in", "2", walked),
		t.look(ctx, email+", tab 3: no access", "3", refused),
		t.signOut(ctx))
}

// summary is the whole tour in one table.
func (t *tour) summary() error {
	fmt.Fprintf(t.c.out, "\n=== What was open to whom\n\n")
	w := tabwriter.NewWriter(t.c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\t1 Home\t2 Plotting Demo\t3 Mapping Demo\t4 DataFrame Demo")
	for _, row := range t.seen {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	return w.Flush()
}
