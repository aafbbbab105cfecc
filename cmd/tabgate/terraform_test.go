package main

import (
	"io"
	"maps"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/token"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
)

// terraform reads auth/terraform/main.tf: what is set, by the names of the
// blocks around it, and the lines of its heredocs, by the outputs that they are. It knows as much of the
// language as that file uses; CI validates the file with Terraform itself.
func terraform(t *testing.T) (set map[string]string, heredocs map[string][]string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "auth", "terraform", "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	set, heredocs = map[string]string{}, map[string][]string{}
	block := regexp.MustCompile(`^([a-z_]+(?: "[^"]+")*) \{$`)
	setting := regexp.MustCompile(`^([a-z_]+) += (.*?)( +# .*)?$`)
	var around []string
	inside := false // the heredoc
	for text := range strings.Lines(string(text)) {
		line := strings.TrimSpace(text)
		opens, sets := block.FindStringSubmatch(line), setting.FindStringSubmatch(line)
		switch {
		case inside && line == "EOT":
			inside = false
		case inside:
			heredocs[around[0]] = append(heredocs[around[0]], strings.TrimRight(strings.TrimPrefix(text, "    "), "\n"))
		case opens != nil:
			around = append(around, strings.ReplaceAll(opens[1], `"`, ""))
		case line == "}" && len(around) > 0:
			around = around[:len(around)-1]
		case sets != nil:
			set[strings.Join(append(slices.Clone(around), sets[1]), ".")] = sets[2]
			inside = sets[2] == "<<-EOT"
		case line != "" && !strings.HasPrefix(line, "#") && line != "}":
			t.Fatalf("main.tf has a line that this test does not understand: %q", line)
		}
	}
	if len(around) != 0 || inside {
		t.Fatalf("main.tf does not close %q", around)
	}
	return set, heredocs
}

// What tabgate counts on, and what makes a public client safe.
func TestTheTerraformFileMakesTheClientThatTabgateNeeds(t *testing.T) {
	set, _ := terraform(t)
	const client = "resource aws_cognito_user_pool_client tabgate."
	want := map[string]string{
		client + "generate_secret":                                   "false",
		client + "allowed_oauth_flows_user_pool_client":              "true",
		client + "allowed_oauth_flows":                               `["code"]`,
		client + "allowed_oauth_scopes":                              `["openid", "email"]`,
		client + "callback_urls":                                     "local.callbacks",
		client + "logout_urls":                                       "local.callbacks",
		client + "enable_token_revocation":                           "true",
		client + "prevent_user_existence_errors":                     `"ENABLED"`,
		client + "refresh_token_rotation.feature":                    `"ENABLED"`,
		client + "refresh_token_rotation.retry_grace_period_seconds": "60",
		"locals.callbacks":                                           `[for port in var.callback_ports : "http://localhost:${port}/"]`,
		"variable callback_ports.default":                            "[8501, 8502, 8503]",
		"variable page_groups.default":                               `["Underwriters", "CreditAnalysts"]`,
		"resource aws_cognito_user_group page.for_each":              "var.page_groups",
		"resource aws_cognito_user_pool_domain tabgate.domain":       "var.domain_prefix",
		"resource aws_cognito_user_pool tabgate.admin_create_user_config." +
			"allow_admin_create_user_only": "true",
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if set[name] != want[name] {
			t.Errorf("%s is %q, want %q", name, set[name], want[name])
		}
	}
	// Cognito takes this flow for the rotation's opposite and refuses both.
	if flows := set[client+"explicit_auth_flows"]; flows == "" || strings.Contains(flows, "ALLOW_REFRESH_TOKEN_AUTH") {
		t.Errorf("explicit_auth_flows is %q: rotation needs it named, and without ALLOW_REFRESH_TOKEN_AUTH", flows)
	}
}

// The output of the README's `terraform output -raw env > .env` is taken as it
// is, in every partition of AWS, and its callback addresses are the client's.
func TestTheOutputOfTerraformIsADotenvFile(t *testing.T) {
	_, outputs := terraform(t)
	lines := outputs["output env"]
	for region, domain := range map[string]string{
		"eu-west-1":      "https://my-company-tabgate.auth.eu-west-1.amazoncognito.com",
		"us-gov-west-1":  "https://my-company-tabgate.auth-fips.us-gov-west-1.amazoncognito.com",
		"eusc-de-east-1": "https://my-company-tabgate.auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu",
	} {
		made := strings.NewReplacer(
			"${aws_cognito_user_pool_domain.tabgate.domain}", "my-company-tabgate",
			"${local.region}", region,
			"${aws_cognito_user_pool_client.tabgate.id}", "1example23456789",
			"${aws_cognito_user_pool.tabgate.id}", region+"_AbCdEfGhI",
			`${join(",", local.callbacks)}`, "http://localhost:8501/,http://localhost:8502/,http://localhost:8503/",
		).Replace(strings.Join(lines, "\n"))
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ".env"), []byte(made), 0o600); err != nil {
			t.Fatal(err)
		}
		cfg, err := config.Load(config.Options{
			WorkDir: dir, Env: func(string) (string, bool) { return "", false }, Answer: func(string) config.Answer { return config.Yes },
		})
		if err != nil {
			t.Fatal(err)
		}
		if cfg.Domain == nil || cfg.Domain.String() != domain {
			t.Errorf("the domain is %v in\n%s", cfg.Domain, made)
		}
		if cfg.ClientID != "1example23456789" || cfg.UserPoolID != region+"_AbCdEfGhI" || len(cfg.RedirectURIs) != 3 {
			t.Errorf("got client %q, pool %q and redirects %q from\n%s", cfg.ClientID, cfg.UserPoolID, cfg.RedirectURIs, made)
		}
	}
}

// The output of `terraform output -raw server` is taken as a folder's
// tabgate.yaml, in every partition of AWS, and its client is the one that
// readers are sent back to.
func TestTheOutputOfTerraformServes(t *testing.T) {
	set, outputs := terraform(t)
	for region, issuer := range map[string]string{
		"eu-west-1":     "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
		"us-gov-west-1": "https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbCdEfGhI",
		"cn-north-1":    "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbCdEfGhI",
	} {
		t.Run(region, func(t *testing.T) {
			made := strings.NewReplacer(
				"${aws_cognito_user_pool_domain.tabgate.domain}", "my-company-tabgate", "${local.region}", region, "${local.issuer}", issuer,
				"${one(aws_cognito_user_pool_client.server[*].id)}", "1example23456789", "${var.server_url}", "https://dash.example.com",
				`${join(",", local.callbacks)}`, "http://localhost:8501/,http://localhost:8502/,http://localhost:8503/",
			).Replace(strings.Join(outputs["output server"], "\n"))
			p := newPlace(t)
			p.file("desk/tabgate.yaml", made)
			p.file("desk/pages/1_Own.yaml", memberPage)
			w := world{env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home, err: io.Discard, now: time.Now}
			s := serveCommand{wiring: wiringIn(&w), flags: dashboard.Server{BehindProxy: "127.0.0.1"}}
			d, err := w.openDashboard("desk")
			if err != nil {
				t.Fatal(err)
			}
			defer d.close()
			if d.errors() > 0 {
				t.Fatalf("%v in\n%s", d.problems, made)
			}
			u, err := s.setup(d)
			if err == nil {
				err = u.at(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8443})
			}
			if err != nil {
				t.Fatalf("%v with\n%s", err, made)
			}
			want := "http://localhost:8501" + token.ReturnPath(issuer)
			if u.public != "https://dash.example.com" || u.returns[0] != want || !slices.Equal(identifiers(u.cfg.Scopes), []string{"tabgate"}) || !strings.Contains(u.cfg.Domain.Host, region) {
				t.Errorf("%s is served at %s, for %v, and comes back to %q", u.cfg.Domain, u.public, u.cfg.Scopes, u.returns)
			}
		})
	}
	for name, want := range map[string]string{
		"locals.returns": `[for port in var.callback_ports : "http://localhost:${port}/cb/${substr(sha256(local.issuer), 0, 16)}"]`,
		"resource aws_cognito_user_pool_client server.callback_urls":         "local.returns",
		"resource aws_cognito_user_pool_client server.generate_secret":       "false",
		"resource aws_cognito_user_pool_client server.access_token_validity": "15",
		"resource aws_cognito_resource_server server.identifier":             `"tabgate"`,
		"resource aws_cognito_resource_server server.scope.scope_name":       `"read"`,
	} {
		if set[name] != want {
			t.Errorf("%s is %q, want %q", name, set[name], want)
		}
	}
}
