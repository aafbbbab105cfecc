package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/transport"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/pins"
	"github.com/authtabs/tabgate/cmd/tabgate/prompt"
	"github.com/authtabs/tabgate/data/gate/client"
)

// pins are the servers that the user agreed to.
func (c *services) pins() pins.Pins { return pins.In(config.Dirs(c.env).State) }

// useServer lets a command ask a server, once the user has agreed to it: now, or
// with yes, or before.
func (c *services) useServer(ctx context.Context, typed string, yes bool) error {
	at, err := client.ParseAddress(typed)
	if err != nil {
		return usage("%v", err)
	}
	cfg, err := c.loadQuietly()
	if err != nil {
		return err
	}
	o, err := c.fetchOffer(ctx, cfg, at)
	if err != nil {
		return err
	}
	if err := c.agree(ctx, cfg, at, o, yes); err != nil {
		return err
	}
	c.server = &o
	return nil
}

// fetchOffer asks a server for what it says of itself, and nothing else.
func (c *services) fetchOffer(ctx context.Context, cfg config.Config, at client.Address) (client.Offer, error) {
	network, err := c.newTransport(cfg, loopback.CheckServer)
	if err != nil {
		return client.Offer{}, err
	}
	defer network.CloseIdleConnections()
	o, err := client.FetchOffer(ctx, network.Client(transport.Limits{Bytes: 1 << 20}), at)
	if err != nil {
		return client.Offer{}, err
	}
	ctx, stop := context.WithTimeout(ctx, lookupTime)
	defer stop()
	return o, o.CheckHosts(ctx, func(ctx context.Context, host string) ([]netip.Addr, error) {
		return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	})
}

// lookupTime is how long the names of an offer may take to be looked up.
const lookupTime = 3 * time.Second

// agree finds out whether the user agrees to a server:
//
//	remembered | yes was passed      | terminal | then
//	-----------|---------------------|----------|-------------------------------
//	the same   | any                 | any      | agreed
//	another    | not                 | any      | refused, with what has changed
//	another    | by connect          | any      | the new one is remembered
//	none       | by connect          | any      | it is remembered
//	none       | for this machine    | any      | agreed, for this process
//	none       | not                 | yes      | asked, and remembered
//	none       | not                 | no       | refused, with how to agree
//
// What is said of a server of this machine ends with the process.
func (c *services) agree(ctx context.Context, cfg config.Config, at client.Address, o client.Offer, yes bool) error {
	if at.Loopback() {
		if yes {
			return nil
		}
		return c.askAbout(ctx, cfg, o, "pass --yes")
	}
	pin, known, err := c.pins().Of(at.String())
	if err != nil {
		return coded{exitConfig, err}
	}
	if changes := pin.Changes(o); known && len(changes) > 0 {
		return fail(exitConfig, fmt.Sprintf("%s says something else of itself than when you agreed to it: %s. If that is meant, run tabgate connect %s --yes",
			at, strings.Join(changes, "; "), at))
	} else if known {
		return nil
	}
	if err := c.askAbout(ctx, cfg, o, "run tabgate connect "+at.String()+" --yes"); err != nil {
		return err
	}
	return c.keepServer(ctx, o)
}

// keepServer remembers a server. Where it cannot be, that is said, and the yes
// counts for this process.
func (c *services) keepServer(ctx context.Context, o client.Offer) error {
	if err := c.pins().Keep(ctx, o, c.now()); err != nil {
		fmt.Fprintln(c.err, "This counts only for now: "+session.Clean(err.Error(), 300))
	}
	return ctx.Err()
}

// askAbout asks whether the user agrees to a server. Without a terminal it says
// how to.
func (c *services) askAbout(ctx context.Context, cfg config.Config, o client.Offer, how string) error {
	words := o.Words()
	if second := o.SecondWarning(c.usersOf(cfg, o)); second != "" {
		words += " " + second
	}
	if !c.inTTY {
		return fail(exitConfig, words+" To agree to that, "+how)
	}
	yes, err := prompt.Ask(ctx, c.in, c.err, words+" Continue?")
	switch {
	case errors.Is(err, prompt.ErrNoAnswer):
		return fail(exitConfig, "no answer was given; to agree, "+how)
	case err != nil:
		return err
	case !yes:
		return fail(exitConfig, "nothing was sent to "+o.Server+" but the question who it is")
	}
	return nil
}

// usersOf names what else signs in with the user pool and the client of an
// offer: other servers, profiles, stored sessions.
func (c *services) usersOf(cfg config.Config, o client.Offer) (others []string) {
	if all, err := c.pins().All(); err == nil {
		for _, p := range all {
			if p.Server != o.Server && p.Issuer == o.Issuer && p.ClientID == o.ClientID {
				others = append(others, p.Server)
			}
		}
	}
	names := cfg.Profiles
	if !slices.Contains(names, cfg.Profile) {
		names = append([]string{cfg.Profile}, names...)
	}
	seen := map[string]bool{}
	for _, name := range names {
		own, err := c.inProfile(name)
		if err != nil || !own.Configured() || own.ClientID != o.ClientID {
			continue
		}
		if slices.Contains(own.Issuers(), o.Issuer) || own.Domain.Scheme+"://"+own.Domain.Host == strings.TrimSuffix(o.Domain, "/") {
			others, seen[name] = append(others, "the profile "+name), true
		}
	}
	kept, _ := c.stored() // what cannot be read warns of nothing
	for _, e := range kept {
		a := e.Account
		same := a.ClientID == o.ClientID && (e.Issuer == o.Issuer || a.Issuer == o.Issuer || a.Domain == strings.TrimSuffix(o.Domain, "/"))
		if name := a.Profile; same && name != o.Server && !seen[name] && !slices.Contains(others, name) {
			others = append(others, name)
		}
	}
	return others
}

// gate is a client of the server that the user agreed to, as the person whom a
// sign-in knows. A store that cannot be read has nobody in it, and unread is
// told.
func (c *services) gate(cfg config.Config, svc *auth.Service, unread func(error)) (*client.Client, error) {
	network, err := c.serverClient(cfg)
	if err != nil {
		return nil, err
	}
	return client.New(*c.server, client.Options{HTTP: network, Now: c.now, Token: tokenOf(svc, unread)}), nil
}

// withGate runs do with a client of the server that the user agreed to.
func (c *services) withGate(do func(config.Config, *client.Client) error) error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	return c.withServiceOf(cfg, func(cfg config.Config, svc *auth.Service) error {
		told := sync.Once{}
		gate, err := c.gate(cfg, svc, func(err error) {
			told.Do(func() { fmt.Fprintln(c.err, "The session could not be read: "+session.Clean(err.Error(), 300)) })
		})
		if err != nil {
			return err
		}
		return do(cfg, gate)
	})
}

// tokenOf gives the access token of who is signed in.
func tokenOf(svc *auth.Service, unread func(error)) func(ctx context.Context, renew bool) (string, error) {
	return func(ctx context.Context, renew bool) (string, error) {
		if renew {
			if _, err := svc.Refresh(ctx); err != nil {
				return "", err
			}
		}
		token, err := svc.Token(ctx, "access")
		var failed *store.Error
		switch {
		case errors.Is(err, auth.ErrNotSignedIn):
			return "", nil
		case errors.As(err, &failed):
			unread(err)
			return "", nil
		}
		return token.Reveal(), err
	}
}
