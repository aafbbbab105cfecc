package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
)

// poolCommand administers the running local pool.
type poolCommand struct{ *settings }

func poolCmd(c *settings) *cobra.Command {
	p := poolCommand{c}
	cmd := group(&cobra.Command{Use: "pool", Short: "Run or administer the local user pool"})
	groups := group(&cobra.Command{Use: "groups", Short: "Put people into groups of the running local pool, or take them out"})
	change := func(use, short string) *cobra.Command {
		return &cobra.Command{Use: use + " EMAIL GROUP", Short: short, RunE: p.changeGroups(use), Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("%s takes an EMAIL and a GROUP", named(cmd))
			}
			return nil
		}}
	}
	groups.AddCommand(change("add", "Put a person into a group"), change("remove", "Take a person out of a group"))
	cmd.AddCommand(poolServeCmd(c), groups,
		&cobra.Command{
			Use: "users", Short: "List the people of the running local pool", Args: noArgs, RunE: p.listUsers,
			Long: "Lists the people of the running local pool with their groups. Of several pools it is the\nconfigured one, else the one that was started last.",
		})
	return cmd
}

func poolServeCmd(c *settings) *cobra.Command {
	var listen, users string
	var noReset bool
	cmd := &cobra.Command{
		Use: "serve", Short: "Run the local user pool until interrupted", Args: noArgs,
		Long: "Runs a user pool shaped like Cognito's on a loopback address. It prints the settings\nthat point tabgate at it as KEY=value lines, then \"ready\". Its keys and people end with it.\n\n" +
			"It is not a safe place: whoever opens its pages on this machine, other users too, can reset\nanybody's password at /forgotPassword, for the code is shown instead of mailed. On a machine\nthat you share, pass --no-reset.\n\n" +
			"Where the environment has APP_URI or LOGOUT_URI, those are the addresses that it registers.\n" +
			"A file of people is a list: - {email: ana@example.com, password: Secret-1, groups: [Staff]}.",
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:9229", "loopback `ADDRESS` and port")
	cmd.Flags().StringVar(&users, "users", "", "`FILE` with the pool's people, YAML or JSON (default: the demo people)")
	cmd.Flags().BoolVar(&noReset, "no-reset", false, "refuse password resets, for shared machines")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := localpool.CheckListen(listen); err != nil {
			return coded{exitUsage, err}
		}
		o := localpool.Options{Listen: listen, NoReset: noReset, Groups: c.groups()}
		var err error
		if o.RedirectURIs, err = addresses(c.env, "APP_URI", "AWS_COGNITO_REDIRECT_URL"); err != nil {
			return err
		}
		if o.LogoutURIs, err = addresses(c.env, "LOGOUT_URI"); err != nil {
			return err
		}
		if users != "" {
			people, err := readUsers(users)
			if err != nil {
				return coded{exitConfig, err}
			}
			o.Users = people
		}
		pool, err := localpool.New(o)
		if err != nil {
			return err
		}
		defer pool.Close()
		c.publish(pool)
		for _, line := range pool.Settings() {
			fmt.Fprintln(c.out, line)
		}
		pool.Start()
		fmt.Fprintln(c.out, "ready")
		fmt.Fprintln(c.err, "Administer it at "+pool.AdminURL()+" or with tabgate pool groups. Ctrl+c ends it and all its people.")
		<-cmd.Context().Done()
		return nil
	}
	return cmd
}

// addresses are those in the first of some variables that is set. The
// pool registers them, so that an app started from the same environment finds
// its own there.
func addresses(env lookup, keys ...string) (uris []string, err error) {
	for _, key := range keys {
		for uri := range strings.SplitSeq(env.get(key), ",") {
			if uri = strings.TrimSpace(uri); uri == "" {
				continue
			}
			if err := localpool.CheckAddress(uri); err != nil {
				return nil, coded{exitConfig, fmt.Errorf("environment %s: %w", key, err)}
			}
			uris = append(uris, uri)
		}
		if uris != nil {
			return uris, nil
		}
	}
	return nil, nil
}

func readUsers(path string) ([]localpool.User, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, bare(err))
	}
	defer f.Close()
	return localpool.ReadUsers(f, path)
}

// publish lets `tabgate pool` in another terminal find the pool. Failing to
// is worth a word, not the pool.
func (w *world) publish(pool *localpool.Pool) {
	dir := config.Dirs(w.env).State
	if dir == "" {
		fmt.Fprintln(w.err, "There is no home directory: tabgate pool groups will not find this pool; use its admin page.")
		return
	}
	if err := pool.Publish(dir); err != nil {
		fmt.Fprintln(w.err, session.Clean(err.Error(), 300)+": tabgate pool groups will not find this pool; use its admin page.")
	}
}

// admin finds the running pool: the configured one where several run.
func (p poolCommand) admin() (*localpool.Admin, error) {
	domain := ""
	if cfg, err := p.load(); err == nil && cfg.Configured() {
		domain = cfg.Domain.String()
	}
	admin, err := localpool.Connect(config.Dirs(p.env).State, domain)
	if err != nil {
		return nil, coded{exitNetwork, err}
	}
	return admin, nil
}

func (p poolCommand) listUsers(cmd *cobra.Command, _ []string) error {
	admin, err := p.admin()
	if err != nil {
		return err
	}
	people, err := admin.Users(cmd.Context())
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, u := range people {
		state := "confirmed"
		if !u.Confirmed {
			state = "unconfirmed"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", session.Clean(u.Email, 100), state, groupList(u.Groups))
	}
	return t.Flush()
}

func (p poolCommand) changeGroups(action string) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		admin, err := p.admin()
		if err != nil {
			return err
		}
		email, name := strings.TrimSpace(args[0]), args[1]
		if action == "add" {
			err = admin.AddGroup(cmd.Context(), email, name)
		} else {
			err = admin.RemoveGroup(cmd.Context(), email, name)
		}
		if err != nil {
			return err
		}
		if known := p.groups(); action == "add" && !slices.Contains(known, name) {
			fmt.Fprintln(p.err, noSuchGroup(name, known))
		}
		verb := map[string]string{"add": "is now in", "remove": "is no longer in"}[action]
		fmt.Fprintf(p.out, "%s %s %s. The app picks it up with ctrl+r, a shell with the next tabgate login.\n", session.Clean(email, 100), verb, session.Clean(name, 100))
		return nil
	}
}

// groups are those that open pages, by the configuration where that can be
// read.
func (c *settings) groups() []string {
	cfg, _ := c.loadQuietly()
	return groupsOf(inForce(c.pages(), cfg))
}

// noSuchGroup says that a group opens no page, and which may be meant.
func noSuchGroup(name string, known []string) string {
	text := "No page is for the group " + session.Clean(name, 100)
	if near := dashboard.Near(name, known); near != "" {
		return text + ": did you mean " + session.Clean(near, 100) + "?"
	}
	return text + ". There are pages for: " + groupList(known) + "."
}
