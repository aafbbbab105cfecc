package main

import (
	"net/url"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/gate/client"
)

// onServer is a configuration where a server says whom one signs in with. Its
// offer is one unit: nothing of the user's own sign-in is merged with it, and
// its session is kept apart from all others.
func onServer(cfg config.Config, o client.Offer) config.Config {
	domain, err := url.Parse(o.Domain)
	if err != nil {
		panic("an offer that was judged: " + err.Error()) // a mistake of ours, not of the server's
	}
	cfg.Profile, cfg.Domain, cfg.ClientID, cfg.Issuer = o.Server, domain, o.ClientID, o.Issuer
	cfg.RedirectURIs, cfg.LogoutURI, cfg.Scopes = o.Redirects, o.LogoutURI, o.Scopes
	cfg.Resource, cfg.ResourceID, cfg.AnyAudience = o.Server, o.Identifier(), o.AnyAudience
	if cfg.ResourceID == "" {
		cfg.ResourceID = o.Server
	}
	blank := config.Config{}
	cfg.ClientSecret, cfg.UserPoolID, cfg.Region = blank.ClientSecret, "", ""
	cfg.DeviceAuthorizationURL, cfg.DeviceTokenURL, cfg.Ask = "", "", cognito.Ask{}
	cfg.Pages, cfg.Figures, cfg.Folder, cfg.Notes = nil, nil, config.Folder{}, nil
	return cfg
}
