package tour

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/authtabs/tabgate/auth/localpool"
)

// round is a person of the tour and the tab that they sign in from.
type round struct {
	who  string // "" = nobody signs in
	from int
}

// rounds are nobody, and then the people of the pool. A person signs in from
// the first tab for a group of theirs that nobody signed in from before; who has
// no group does so from the last one that is open to anyone.
func (t *tour) rounds() []round {
	out, taken := []round{{"", 1}}, map[int]bool{}
	for _, u := range t.Pool.Users() {
		from := 1
		for i, p := range t.Pages {
			tab := i + 1
			mine := slices.ContainsFunc(p.Groups, func(g string) bool { return slices.Contains(u.Groups, g) })
			if mine && !taken[tab] {
				from, taken[tab] = tab, true
				break
			}
			if len(u.Groups) == 0 && len(p.Groups) == 0 {
				from = tab
			}
		}
		out = append(out, round{u.Email, from})
	}
	return out
}

// visit lets one person see every tab: the one signed in from first, then the
// others.
func (t *tour) visit(ctx context.Context, who string, from int) error {
	name := cmp.Or(who, "nobody")
	if err := t.goTo(ctx, from)(); err != nil {
		return err
	}
	arrival := "Nobody is signed in, tab %d"
	if who != "" {
		if err := t.signIn(ctx, who)(); err != nil {
			return err
		}
		arrival = who + " signed in from tab %d and is on it"
	}
	n := len(t.Pages)
	row := append([]string{name}, make([]string, n)...)
	for i := range n {
		tab := (from-1+i)%n + 1
		says := t.says(t.Pages[tab-1], who)
		title := fmt.Sprintf("%s, tab %d: %s", name, tab, verdictOf(says))
		if i == 0 {
			title = fmt.Sprintf(arrival, tab)
		}
		if err := t.look(ctx, title, tab, says)(); err != nil {
			return err
		}
		row[tab] = verdictOf(says)
	}
	t.seen = append(t.seen, row)
	if err := t.knock(ctx, who); err != nil || who == "" {
		return err
	}
	return t.signOut(ctx)()
}

// newcomer signs up, has no group, gets the one of a page, and refreshes.
func (t *tour) newcomer(ctx context.Context) error {
	const email = "newcomer@example.com"
	person := t.Pool.Person(email, localpool.DemoPassword)
	page, tab := t.Closed()
	group, row := page.Groups[0], []string{email}
	for _, p := range t.Pages {
		row = append(row, verdictOf(t.says(p, email)))
	}
	row[tab] += ", then open"
	t.seen = append(t.seen, row)
	err := t.all(t.goTo(ctx, tab),
		t.arrive(ctx, func(ctx context.Context, address string) error {
			return arrived(person.SignUp(ctx, address))
		}),
		t.look(ctx, email+" signed up, confirmed the code and signed in, and has no group yet", tab, refused),
		func() error { return t.Pool.AddGroup(email, group) },
		t.press(ctx, "ctrl+r"),
		t.look(ctx, fmt.Sprintf("An administrator ran `tabgate pool groups add %s %s`; ctrl+r opened tab %d without a new sign-in", email, group, tab), tab, page.Shows))
	if err != nil {
		return err
	}
	for i, p := range t.Pages {
		if t.says(p, email) != refused {
			continue
		}
		if err := t.look(ctx, fmt.Sprintf("%s, tab %d: no access", email, i+1), i+1, refused)(); err != nil {
			return err
		}
	}
	return t.all(func() error { return t.knock(ctx, email) }, t.signOut(ctx))
}

// summary is the whole tour in a table, and what the gate did in another.
func (t *tour) summary() error {
	var titles, locked []string
	for i, p := range t.Pages {
		titles = append(titles, fmt.Sprintf("%d %s", i+1, p.Title))
	}
	for _, g := range t.Gated {
		locked = append(locked, g.Title)
	}
	fmt.Fprintf(t.Out, "\n=== What was open to whom\n\n")
	if err := t.table(titles, t.seen); err != nil {
		return err
	}
	fmt.Fprintf(t.Out, "\n=== What the gate gave, past the app\n\n")
	return t.table(locked, t.gave)
}

// table prints a row for each person.
func (t *tour) table(titles []string, rows [][]string) error {
	w := tabwriter.NewWriter(t.Out, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{append([]string{""}, titles...)}, rows...) {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	return w.Flush()
}
