package main

import (
	"context"
	"fmt"
	"net/url"
	"os"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

// showOn is show on a local pool of this process, whose people can be played.
func (a *app) showOn(ctx context.Context, cfg config.Config, pool *localpool.Pool, people []localpool.User) error {
	a.publish(pool)
	svc, err := a.service(cfg)
	if err != nil {
		return err
	}
	defer svc.Close()
	a.players = localpool.NewPlayers(pool, people)
	return a.show(ctx, cfg, svc)
}

// onLocalPool runs do with a configuration that signs in on a local pool of
// this process, with one person for each group.
func (w *wiring) onLocalPool(cfg config.Config, groups []string, people []localpool.User, do func(config.Config, *localpool.Pool) error) error {
	pool, err := localpool.New(localpool.Options{RedirectURIs: demoAddresses(), Groups: groups, Users: people})
	if err != nil {
		return err
	}
	defer pool.Close()
	pool.Start()
	// The pool's issuer is new each time: what is remembered of it must not
	// pile up, and a person without a home can sign in too.
	if w.state, err = os.MkdirTemp("", "tabgate-demo-"); err != nil {
		return fmt.Errorf("there is no directory for the local user pool's files (%w): set TMPDIR to one that can be written", bare(err))
	}
	defer os.RemoveAll(w.state)
	return do(onPool(cfg, pool), pool)
}

// demoAddresses are more than the pool's usual ones: nothing has to be set up
// for the demo, so neither other demos nor other programs may be in its way.
func demoAddresses() []string {
	var list []string
	for port := 8501; port <= 8510; port++ {
		list = append(list, fmt.Sprintf("http://localhost:%d/", port))
	}
	return list
}

// onPool points a configuration at a local pool. The session is kept in
// memory: the pool's keys and people end with it, so it could not be restored.
func onPool(cfg config.Config, pool *localpool.Pool) config.Config {
	u, err := url.Parse(pool.Domain())
	if err != nil {
		panic("the local pool's own address: " + err.Error()) // a mistake of ours, not of the person's
	}
	cfg.Profile, cfg.Domain, cfg.ClientID, cfg.Issuer = "demo", u, pool.ClientID(), pool.Issuer()
	cfg.RedirectURIs, cfg.LogoutURI = demoAddresses(), pool.SignedOutURI()
	cfg.Scopes, cfg.TokenStore = []string{"openid", "email"}, "memory"
	return cfg
}
