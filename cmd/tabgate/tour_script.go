package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
)

// What a page says that is locked.
const (
	locked  = "Please login!"
	refused = "You do not have access. Please contact the administrator."
)

// rounds are the people of the tour in their order, "" = nobody signs in, and
// the tab that each signs in from.
var rounds = []struct {
	who  string
	from int
}{{"", 1}, {"underwriter@example.com", 2}, {"analyst@example.com", 3}, {"both@example.com", 1}, {"guest@example.com", 4}}

// says is what a page must show to a person of the pool, by the page's groups
// and the person's: the screen is compared with it.
func (t *tour) says(p dashboard.Page, who string) string {
	mine := t.groups(who)
	mayOpen := slices.ContainsFunc(p.Groups, func(g string) bool {
		return slices.Contains(mine, g) || g == session.AnyoneSignedIn && who != ""
	})
	switch {
	case len(p.Groups) > 0 && who == "":
		return locked
	case len(p.Groups) > 0 && !mayOpen:
		return refused
	case p.Personal && who != "":
		return who
	}
	return p.Shows
}

// groups are a person's groups in the pool now.
func (t *tour) groups(who string) []string {
	for _, u := range t.pool.Users() {
		if u.Email == who {
			return u.Groups
		}
	}
	return nil
}

// verdicts are the words for what a page says; any other text is a page.
var verdicts = map[string]string{locked: "log in first", refused: "no access"}

func verdictOf(says string) string { return orElse(verdicts[says], "open") }

// round lets one person see every tab: the one signed in from first, then the
// others.
func (t *tour) round(ctx context.Context, who string, from int) error {
	name := orElse(who, "nobody")
	if err := t.press(ctx, tabKey(from))(); err != nil {
		return err
	}
	arrival := "Nobody is signed in, tab %d"
	if who != "" {
		if err := t.signIn(ctx, who)(); err != nil {
			return err
		}
		arrival = who + " signed in from tab %d and is on it"
	}
	pages := t.c.pages()
	row := append([]string{name}, make([]string, len(pages))...)
	for i := range pages {
		tab := (from-1+i)%len(pages) + 1
		says := t.says(pages[tab-1], who)
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
	if who == "" {
		return nil
	}
	return t.signOut(ctx)()
}

func tabKey(tab int) string { return fmt.Sprint(tab) }

// closed returns the first page that is for a group, and its tab. The demo
// has one.
func (t *tour) closed() (page dashboard.Page, tab int) {
	pages := t.c.pages()
	i := slices.IndexFunc(pages, func(p dashboard.Page) bool { return len(p.Groups) > 0 && p.Groups[0] != session.AnyoneSignedIn })
	return pages[i], i + 1
}

// newcomer signs up, has no group, gets the one of a page, and refreshes.
func (t *tour) newcomer(ctx context.Context) error {
	const email = "newcomer@example.com"
	person := t.pool.Person(email, localpool.DemoPassword)
	page, tab := t.closed()
	group, row := page.Groups[0], []string{email}
	for _, p := range t.c.pages() {
		row = append(row, verdictOf(t.says(p, email)))
	}
	row[tab] += ", then open"
	t.seen = append(t.seen, row)
	err := t.all(t.press(ctx, tabKey(tab)),
		t.arrive(ctx, func(ctx context.Context, address string) error {
			return arrived(person.SignUp(ctx, address))
		}),
		t.look(ctx, email+" signed up, confirmed the code and signed in, and has no group yet", tab, refused),
		func() error { return t.pool.AddGroup(email, group) },
		t.press(ctx, "ctrl+r"),
		t.look(ctx, fmt.Sprintf("An administrator ran `tabgate pool groups add %s %s`; ctrl+r opened tab %d without a new sign-in", email, group, tab), tab, page.Shows))
	if err != nil {
		return err
	}
	for i, p := range t.c.pages() {
		if t.says(p, email) != refused {
			continue
		}
		if err := t.look(ctx, fmt.Sprintf("%s, tab %d: no access", email, i+1), i+1, refused)(); err != nil {
			return err
		}
	}
	return t.signOut(ctx)()
}

// summary is the whole tour in one table.
func (t *tour) summary() error {
	fmt.Fprintf(t.c.out, "\n=== What was open to whom\n\n")
	w := tabwriter.NewWriter(t.c.out, 0, 0, 2, ' ', 0)
	for i, p := range t.c.pages() {
		fmt.Fprintf(w, "\t%d %s", i+1, p.Title)
	}
	fmt.Fprintln(w)
	for _, row := range t.seen {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	return w.Flush()
}
