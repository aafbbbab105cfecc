package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/consent"
	"github.com/authtabs/tabgate/cmd/tabgate/prompt"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/gate/client"
)

// settings read the configuration, with the flags on top and what the user
// said to the sign-ins of folders.
type settings struct {
	*world
	globals
	dotenv string // what the folder's .env is called, "" for "./.env"

	// signIn is the sign-in of a folder of pages that the user said yes to; nil
	// = there is none.
	signIn []dashboard.Setting

	// server is whom a command asks in the place of what is configured; nil =
	// nobody. The user has agreed to it.
	server *client.Offer

	mu   sync.Mutex
	told map[string]config.Answer // of this run, by the hash of what was asked about
}

// load reads the configuration with the flags on top, and says what of it was
// left out.
func (c *settings) load() (config.Config, error) {
	cfg, err := c.loadQuietly()
	c.showNotes(cfg)
	return cfg, err
}

// showNotes says what of the configuration was left out.
func (c *settings) showNotes(cfg config.Config) {
	for _, note := range cfg.Notes {
		fmt.Fprintln(c.err, note)
	}
}

// loadQuietly is load for whoever has another place for the notes, or has said them
// already.
func (c *settings) loadQuietly() (config.Config, error) { return c.inProfile(c.profile) }

// inProfile is loadQuietly with another profile.
func (c *settings) inProfile(profile string) (config.Config, error) {
	var unread error
	cfg, err := config.Load(config.Options{
		Env: c.env, WorkDir: c.dir, Pages: c.pages(), Dotenv: c.dotenv, Path: c.configPath, Profile: profile, Flags: c.values(),
		EnvFile: c.envFile, User: c.user, SignIn: c.signIn,
		Answer: func(hash string) (said config.Answer) {
			said, unread = c.answer(hash)
			return said
		},
	})
	if c.server != nil && err == nil {
		return onServer(cfg, *c.server), nil
	}
	if unread != nil {
		cfg.Notes = append(cfg.Notes, session.Clean(unread.Error(), 300))
	}
	return cfg, err
}

// answers are what the user said to sign-ins of folders.
func (c *settings) answers() consent.Answers { return consent.In(config.Dirs(c.env).State) }

// answer gives what the user said to what has this hash: in this run, or in
// an earlier one. With an error no earlier answer counts.
func (c *settings) answer(hash string) (config.Answer, error) {
	c.mu.Lock()
	said, ok := c.told[hash]
	c.mu.Unlock()
	if ok {
		return said, nil
	}
	yes, known, err := c.answers().Said(hash)
	switch {
	case !known:
		return config.Unasked, err
	case yes:
		return config.Yes, nil
	}
	return config.No, nil
}

// remember keeps an answer for this run and, where there is a place for it,
// for all later ones. What says in words what it is about.
func (c *settings) remember(ctx context.Context, hash, what string, yes bool) error {
	c.mu.Lock()
	if c.told == nil {
		c.told = map[string]config.Answer{}
	}
	c.told[hash] = config.No
	if yes {
		c.told[hash] = config.Yes
	}
	c.mu.Unlock()
	return c.answers().Remember(ctx, hash, session.Clean(what, 200), yes, c.now())
}

// loadAndAsk loads the configuration, and asks on a terminal whether a folder's
// .env may decide the sign-in, if that is not known yet.
func (c *settings) loadAndAsk(ctx context.Context) (config.Config, error) {
	cfg, err := c.load()
	if err != nil || cfg.Folder.State != config.Waiting || !c.inTTY {
		return cfg, err
	}
	u := cfg.Folder.Unit
	yes, err := c.ask(ctx, u.Words()+" Use it?")
	if err != nil {
		return cfg, err
	}
	if err := c.remember(ctx, u.Hash, u.Host+" "+u.Client, yes); err != nil {
		fmt.Fprintln(c.err, "This counts only for now: "+session.Clean(err.Error(), 300))
	}
	return c.loadQuietly()
}

// ask puts a question that enter answers with no.
func (c *settings) ask(ctx context.Context, question string) (yes bool, err error) {
	yes, err = prompt.Ask(ctx, c.in, c.err, question)
	if errors.Is(err, prompt.ErrNoAnswer) {
		err = coded{exitConfig, fmt.Errorf("%w; run tabgate trust when you know", err)}
	}
	return yes, err
}

// configFile is where the config file is looked for.
func (c *settings) configFile() string {
	return cmp.Or(c.configPath, c.env.get("TABGATE_CONFIG"), config.Dirs(c.env).ConfigFile())
}
