package main

import (
	"context"
	"fmt"
	"time"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/doctor"
	"github.com/authtabs/tabgate/data/gate/client"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// serverPatience is how long all questions to a server may take.
const serverPatience = 10 * time.Second

// checkRemote checks the server that was named; none is no check.
func (c *services) checkRemote(ctx context.Context, cfg config.Config) (checks []doctor.Check) {
	if c.server == nil {
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, serverPatience)
	defer stop()
	failed := func(id string, err error, fix string) doctor.Check {
		return doctor.Check{ID: id, Status: doctor.Fail, Detail: session.Clean(err.Error(), 400), Fix: fix}
	}
	svc, err := c.service(cfg)
	if err != nil {
		return []doctor.Check{failed("gate", err, "fix it first")}
	}
	defer svc.Close()
	s, _ := svc.Restore(ctx) // why a store cannot be read is a check of its own
	token := ""
	if s.Live(c.now()) {
		kept, err := svc.Token(ctx, "access")
		if token = kept.Reveal(); err != nil {
			token = ""
		}
	}
	network, err := c.serverClient(cfg)
	if err != nil {
		return []doctor.Check{failed("gate", err, "fix it first")}
	}
	gate := client.New(*c.server, client.Options{HTTP: network, Now: c.now, Token: func(context.Context, bool) (string, error) {
		if c.server.CheckToken(token) != nil {
			return "", nil
		}
		return token, nil
	}})
	return append(checks, checkPages(ctx, gate), checkAudience(*c.server, token), checkRefusal(ctx, gate), checkIdentity(ctx, gate, s, token))
}

// checkPages asks which pages there are.
func checkPages(ctx context.Context, gate *client.Client) doctor.Check {
	l, err := gate.Dashboard(ctx)
	if err != nil {
		return doctor.Check{ID: "gate", Status: doctor.Fail, Detail: session.Clean(err.Error(), 400), Fix: "ask whoever runs the server"}
	}
	open := 0
	for _, p := range l.Pages {
		if l.Access[p.ID] == wire.Open {
			open++
		}
	}
	return doctor.Check{ID: "gate", Status: doctor.OK, Detail: fmt.Sprintf("%s: %s, %d open to you", gate.Offer().Server, counted(len(l.Pages), "page", "pages"), open)}
}

// checkAudience looks whom the token is for.
func checkAudience(o client.Offer, token string) doctor.Check {
	const id = "token"
	if token == "" {
		return doctor.Check{ID: id, Status: doctor.Skip, Detail: "nobody is signed in there: tabgate login --server " + o.Server}
	}
	if err := o.CheckToken(token); err != nil {
		return doctor.Check{ID: id, Status: doctor.Fail, Detail: session.Clean(err.Error(), 400), Fix: "sign in again; if it stays so, the server's user pool has to grant resource or a scope of its own"}
	}
	if o.AnyAudience {
		return doctor.Check{ID: id, Status: doctor.Warn, Detail: "the server takes tokens that were made for other servers", Fix: "ask whoever runs it to leave out --any-audience"}
	}
	return doctor.Check{ID: id, Status: doctor.OK, Detail: "your access token is for this server"}
}

// checkRefusal sends a token that nobody signed, which must not pass.
func checkRefusal(ctx context.Context, gate *client.Client) doctor.Check {
	if err := gate.Refuses(ctx); err != nil {
		return doctor.Check{ID: "refusal", Status: doctor.Fail, Detail: session.Clean(err.Error(), 400), Fix: "do not trust its locks, and ask whoever runs the server"}
	}
	return doctor.Check{ID: "refusal", Status: doctor.OK, Detail: "the server refuses a token that nobody signed"}
}

// checkIdentity compares whom the server takes the reader for.
func checkIdentity(ctx context.Context, gate *client.Client, s session.Session, token string) doctor.Check {
	const id = "identity"
	if token == "" || gate.Offer().CheckToken(token) != nil {
		return doctor.Check{ID: id, Status: doctor.Skip, Detail: "no token to show"}
	}
	who, err := gate.Whoami(ctx)
	switch {
	case err != nil:
		return doctor.Check{ID: id, Status: doctor.Fail, Detail: session.Clean(err.Error(), 400), Fix: "refresh your session with ctrl+r in the app, or sign in again"}
	case who.Sub != s.Sub:
		return doctor.Check{ID: id, Status: doctor.Fail, Detail: "the server takes you for somebody else", Fix: "sign in again, and ask whoever runs the server"}
	}
	return doctor.Check{ID: id, Status: doctor.OK, Detail: "the server knows you; your groups there: " + groupList(who.Groups)}
}
