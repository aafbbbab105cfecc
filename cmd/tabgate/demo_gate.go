package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/transport"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/tour"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/data/gate"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// demoGate is the server that the tour asks: that of tabgate serve, over the
// demo's folder as it is part of the program, by the folder's own rules.
type demoGate struct {
	*wiring
	address string
	http    *http.Client
	token   func(ctx context.Context, renew bool) (string, error)
}

// serve starts the server at a free port of this machine. End stops it, and
// returns when it has come to its end.
func (g *demoGate) serve(ctx context.Context, cfg config.Config) (end func(), err error) {
	network, err := g.network(cfg)
	if err != nil {
		return nil, err
	}
	asks, err := g.newTransport(cfg, loopback.CheckServer)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("the demo's gate has no port to listen at: %w", bare(err))
	}
	ctx, stop := context.WithCancel(ctx)
	u := &serveSetup{cfg: cfg, issuers: cfg.Issuers(), keys: cognito.HTTPClient(network)}
	store := demoStore(ctx, g.world, cfg, g.sourceClient(cfg))
	served, err := g.made(ctx, u, l.Addr(), func(src dashboard.Source, params map[string][]string, c *gate.Caller) gate.Feed {
		return store.OpenFor(readerOf(c), src, params)
	})
	if err != nil {
		stop()
		store.Close()
		return nil, errors.Join(err, l.Close())
	}
	g.address, g.http = u.public, asks.Client(transport.Limits{Bytes: wire.MaxFrame})
	ended := make(chan struct{})
	fault.Go(func() {
		defer close(ended)
		_ = served.Serve(ctx, gate.NewServer(served), l, nil, nil) // who asks is told by the missing answer
	})
	return func() {
		asks.CloseIdleConnections()
		stop()
		<-ended
		served.Close()
		store.Close()
	}, nil
}

// made is the gate, once it is known where it listens.
func (g *demoGate) made(ctx context.Context, u *serveSetup, at net.Addr, open gate.Open) (*gate.Gate, error) {
	if err := u.at(at); err != nil {
		return nil, err
	}
	d := demo.Dashboard()
	return gate.New(gate.Options{
		Verify: u.verifier(g.now), Resource: u.resource(ctx, d.Title, d.Outside()), Hosts: u.hosts, Now: g.now, Open: open,
	}, gate.Reading{Dashboard: d, Load: func(name string, most int64) ([]byte, error) {
		return demo.Load(ctx, name, most)
	}})
}

// signedIn lets the server be asked as whoever a sign-in knows.
func (g *demoGate) signedIn(svc *auth.Service) { g.token = tokenOf(svc, func(error) {}) }

// pages are the locked pages of the folder, each with the addresses of its
// definition and of its figures: whoever has the program knows them.
func (g *demoGate) pages() (out []tour.Gated) {
	for _, p := range demo.Dashboard().Pages {
		if len(p.Groups) == 0 {
			continue
		}
		one := tour.Gated{Page: p, Paths: []string{wire.PagePath(p.ID)}}
		for _, src := range p.Content.Sources {
			one.Paths = append(one.Paths, wire.FramePath(p.ID, src.Name, nil))
		}
		out = append(out, one)
	}
	return out
}

// ask sends a request with the token of who is signed in, if anybody is, and
// looks at no rule of the program's own.
func (g *demoGate) ask(ctx context.Context, path string) (tour.Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, g.address+path, nil)
	if err != nil {
		return tour.Answer{}, err
	}
	token, err := g.token(ctx, false)
	if err != nil {
		return tour.Answer{}, err
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := g.http.Do(req)
	if err != nil {
		return tour.Answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return tour.Answer{}, err
	}
	says, err := inWords(resp, body)
	return tour.Answer{Status: resp.StatusCode, Says: session.Clean(says, 200)}, err
}

// inWords is an answer of a gate in a few words: why there is none, what a page
// is called, or how many rows came.
func inWords(resp *http.Response, body []byte) (string, error) {
	if resp.StatusCode != http.StatusOK {
		var p wire.Problem
		err := json.Unmarshal(body, &p)
		return p.Detail, err
	}
	if rows := resp.Trailer.Get(wire.RowsTrailer); rows != "" {
		return rows + " rows", nil
	}
	var p wire.Page
	err := json.Unmarshal(body, &p)
	return p.Title + ", its definition", err
}
