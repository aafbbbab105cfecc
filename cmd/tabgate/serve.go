package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate"
	"github.com/authtabs/tabgate/data/source"
)

func serveCmd(c *wiring) *cobra.Command {
	s := serveCommand{wiring: c}
	cmd := &cobra.Command{
		Use: "serve [DIR]", Short: "Serve a folder of pages to the people who may see them",
		Long: "Serves the figures of a folder over HTTP to people who sign in with the user pool: each page\n" +
			"to the groups that it names, and of its figures only what it shows. They open it with\n" +
			"tabgate ADDRESS. The server checks their access tokens; it needs the pool's domain, client\n" +
			"and issuer (or user pool id), from sign_in of tabgate.yaml or from your own settings, never\n" +
			"from a .env. Whoever starts it lets the folder's pages reach what they name.\n\n" +
			"A page that is saved is served anew; one with errors answers 503 until it is mended.\n" +
			"On a network it needs TLS (--tls-cert and --tls-key, or --acme), or a proxy that has it.",
		Args: atMostOne("folder"),
	}
	f := cmd.Flags()
	f.StringVar(&s.flags.Listen, "listen", "", "`ADDRESS` and port to listen at (default 127.0.0.1:8443)")
	f.StringVar(&s.flags.PublicURL, "public-url", "", "`URL` that people type, without a path")
	f.StringVar(&s.flags.TLSCert, "tls-cert", "", "`FILE` with the certificate")
	f.StringVar(&s.flags.TLSKey, "tls-key", "", "`FILE` with the certificate's key")
	f.StringVar(&s.flags.ACME, "acme", "", "`HOST` to fetch a certificate for, from Let's Encrypt; listens at :443")
	f.StringVar(&s.flags.BehindProxy, "behind-proxy", "", "`CIDR` of a proxy that has the certificate")
	f.StringVar(&s.flags.Audit, "audit", "", "`FILE` that each request is written to; - is standard error")
	f.BoolVar(&s.flags.AnyAudience, "any-audience", false, "take tokens whatever they were issued for")
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return s.run(cmd.Context(), firstOr(args, ".")) }
	return cmd
}

func (s serveCommand) run(ctx context.Context, name string) error {
	d, err := s.openDashboard(name)
	if err != nil {
		return err
	}
	defer d.close()
	if d.errors() > 0 {
		printProblems(s.err, d.problems)
		return fail(exitConfig, "")
	}
	setup, err := s.setup(d)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", setup.listen)
	if err != nil {
		return fail(exitFailed, fmt.Sprintf("%s cannot be listened at: %v", setup.listen, bare(err)))
	}
	defer l.Close()
	if err := setup.at(l.Addr()); err != nil {
		return err
	}
	audit, err := openAudit(s.err, setup.server.Audit)
	if err != nil {
		return err
	}
	defer audit.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	allowed := &atomic.Bool{}
	allowed.Store(true) // the start is the operator's yes
	store := s.store(ctx, setup.cfg, d, allowed, nil)
	defer store.Close()
	store.Use(d.Dashboard)
	if err := s.checkFigures(ctx, d, store); err != nil {
		return err
	}
	verify := setup.verifier(s.now)
	g, err := gate.New(gate.Options{
		Verify: verify, Resource: setup.resource(ctx, d.title(), d.Outside()), Hosts: setup.hosts, Proxies: setup.proxies, Audit: audit, Now: s.now, Log: s.logLine,
		Open: func(src dashboard.Source, params map[string][]string, c *gate.Caller) gate.Feed {
			return store.OpenFor(readerOf(c), src, params)
		},
	}, s.reading(d))
	var bad *gate.FolderError
	if errors.As(err, &bad) {
		printProblems(s.err, bad.Problems)
		return fail(exitConfig, "")
	}
	if err != nil {
		return err
	}
	defer g.Close()
	server := gate.NewServer(g)
	server.TLSConfig = setup.tls
	if len(setup.proxies) > 0 {
		gate.SpeakHTTP2(server)
	}
	s.announce(setup, d)
	return g.Serve(ctx, server, l, source.WatchFolder(ctx, d.path), func() gate.Reading {
		r := s.reread(d)
		if r.Dashboard.Whole() {
			store.Use(r.Dashboard)
		}
		return r
	})
}

// reading is the folder as it was read last.
func (s serveCommand) reading(d *dashboardDir) gate.Reading {
	return gate.Reading{Dashboard: d.Dashboard, Problems: d.problems, Load: func(name string, most int64) ([]byte, error) {
		return d.load(context.Background(), name, most)
	}}
}

// reread reads the folder again. What somebody else may have changed is an error
// as any other.
func (s serveCommand) reread(d *dashboardDir) gate.Reading {
	next := *d
	next.read()
	if err := s.mayRead(d.path); err != nil {
		next.problems = append(next.problems, dashboard.Problem{Text: session.Clean(err.Error(), 400)})
		next.Dashboard = dashboard.Unreadable(next.Dashboard)
	}
	return s.reading(&next)
}

// checkFigures reads the figures that lie in the folder, and checks the columns
// that pages name: a folder with errors is not served.
func (s serveCommand) checkFigures(ctx context.Context, d *dashboardDir, store *source.Store) error {
	var problems []dashboard.Problem
	for _, p := range d.Pages {
		if p.Content == nil {
			continue
		}
		c := *p.Content
		c.Sources = nil
		for _, src := range p.Content.Sources {
			if src.URL == "" && (src.Connection == "" || len(dashboard.QueryInputs(src.Query)) == 0) && len(src.Lookup) == 0 {
				c.Sources = append(c.Sources, src)
			}
		}
		content, columns, found := readSources(ctx, store, c)
		problems = append(append(problems, found...), content.CheckFields(columns)...)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, p := range problems {
		if !p.Warning {
			printProblems(s.err, problems)
			return fail(exitConfig, "")
		}
	}
	return nil
}

// openAudit opens the file that requests are written to.
func openAudit(stderr io.Writer, path string) (io.WriteCloser, error) {
	switch path {
	case "":
		return noAudit{}, nil
	case "-":
		return keptOpen{stderr}, nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fail(exitConfig, fmt.Sprintf("the audit cannot be written: %s: %v", session.Clean(path, 200), bare(err)))
	}
	return f, nil
}

type noAudit struct{}

func (noAudit) Write(p []byte) (int, error) { return len(p), nil }
func (noAudit) Close() error                { return nil }

type keptOpen struct{ io.Writer }

func (keptOpen) Close() error { return nil }
