package main

import (
	"context"
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate/client"
)

// access is the shape of one page of `pages --json`.
type access struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Groups []string `json:"groups"`
	Access string   `json:"access"`
}

func pagesCmd(c *wiring) *cobra.Command {
	var asJSON bool
	var dir string
	cmd := &cobra.Command{
		Use: "pages", Short: "List the pages, the groups they need, and what is open to you", Args: noArgs,
		Long: "Lists the pages with the groups that open them, and whether each is open to you: open, sign in\nfirst, or not your group (in JSON: open, sign_in, no_group). They are those of the folder that\n--dir names, or of this one if it has a tabgate.yaml, else the demo's.",
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	dirFlag(cmd, &dir)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if c.server != nil {
			return servedPages(cmd.Context(), c.services, asJSON)
		}
		d, err := c.chooseDashboard(dir)
		if err != nil {
			return err
		}
		defer d.close()
		cfg, err := c.load()
		if err != nil {
			return err
		}
		if why := cfg.Folder.Why(); why != "" && !cfg.Configured() {
			fmt.Fprintln(c.err, "Not signed in ("+why+").")
		}
		s, err := c.visitor(cmd.Context(), cfg)
		if err != nil {
			fmt.Fprintln(c.err, "The session could not be read: "+session.Clean(err.Error(), 300))
		}
		list := []access{}
		for _, spec := range c.specs(cmd.Context(), cfg) {
			groups := spec.Access.Groups
			if groups == nil {
				groups = []string{}
			}
			list = append(list, access{spec.ID, spec.Title, groups, spec.Access.Check(s, c.now()).String()})
		}
		if asJSON {
			return writeJSON(c.out, list)
		}
		if d != nil {
			printProblems(c.err, d.problems)
		}
		return c.printPages(list)
	}
	serverFlag(cmd, c.services)
	return cmd
}

// printPages prints pages as a table.
func (w *world) printPages(list []access) error {
	t := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	words := map[string]string{"open": "open", "sign_in": "sign in first", "no_group": "not your group"}
	for _, p := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", p.ID, p.Title, mayOpen(p.Groups), words[p.Access])
	}
	return t.Flush()
}

// servedPages lists the pages of a server, and what is open to the caller as the
// server has it.
func servedPages(ctx context.Context, c *services, asJSON bool) error {
	return c.withGate(func(_ config.Config, gate *client.Client) error {
		l, err := gate.Dashboard(ctx)
		if err != nil {
			return err
		}
		list := []access{{"home", "Home", []string{}, "open"}}
		for _, p := range l.Pages {
			list = append(list, access{p.ID, p.Title, p.Groups, string(l.Access[p.ID])})
		}
		if asJSON {
			return writeJSON(c.out, list)
		}
		return c.printPages(list)
	})
}

// inForce are the pages with the rules of a configuration. What a page shows of
// figures of somebody's own is not known.
func inForce(pages dashboard.Pages, cfg config.Config) dashboard.Pages {
	pages = slices.Clone(pages)
	for i, p := range pages {
		if rule, ok := cfg.Pages[p.ID]; ok {
			pages[i].Groups = rule.Groups
		}
		if cfg.Figures[p.ID].File != "" {
			pages[i].Shows = ""
		}
	}
	return pages
}

// groupsOf are the groups that open pages.
func groupsOf(pages dashboard.Pages) []string {
	var all []string
	for _, p := range pages {
		all = append(all, p.Groups...)
	}
	all = slices.DeleteFunc(all, func(name string) bool { return name == session.AnyoneSignedIn })
	return slices.Compact(slices.Sorted(slices.Values(all)))
}
