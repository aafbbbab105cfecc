package doctor

import (
	"errors"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

// checkConfig says whether there is a user pool to sign in to, and makes the
// client that the other checks ask with: nil where there is none.
func checkConfig(d Deps) (*cognito.Client, Check) {
	c := d.Config
	switch bad := (*config.Error)(nil); {
	case errors.As(d.ConfigErr, &bad) && bad.Fix != "":
		return nil, fail("config", bad.Problem(), bad.Fix)
	case d.ConfigErr != nil:
		return nil, fail("config", d.ConfigErr.Error(), "fix this setting; tabgate config show tells where each comes from")
	case c.Folder.State == config.Wrong:
		return nil, fail("config", c.Folder.Why(), "fix this line, or take the sign-in out of ./.env")
	case c.Folder.State == config.Waiting || c.Folder.State == config.Refused:
		return nil, fail("config", "no user pool is configured: "+c.Folder.Why(),
			"run tabgate trust (in scripts tabgate trust --yes), or name a file of your own with --env-file")
	case !c.Configured():
		return nil, fail("config", "no user pool is configured", "set COGNITO_DOMAIN and CLIENT_ID, or run tabgate config init; tabgate demo needs neither")
	case d.HTTPErr != nil:
		return nil, fail("config", d.HTTPErr.Error(), "fix ca_file (TABGATE_CA_FILE), or unset it")
	}
	client, err := cognito.New(cognito.Config{
		Domain: c.Domain, ClientID: c.ClientID, ClientSecret: c.ClientSecret, LogoutURI: c.LogoutURI, Scopes: c.Scopes, Issuer: c.Issuer,
		DeviceAuthURL: c.DeviceAuthorizationURL, DeviceTokenURL: c.DeviceTokenURL,
	}, d.HTTP)
	if err != nil {
		return nil, fail("config", err.Error(), "fix this setting; tabgate config show tells where each comes from")
	}
	detail := "profile " + c.Profile + ", user pool domain " + c.Domain.Host + ", app client " + c.ClientID
	if c.Folder.State == config.Used {
		detail += ", from ./.env"
	}
	return client, ok("config", detail)
}
