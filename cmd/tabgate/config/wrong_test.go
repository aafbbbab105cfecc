package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatIsWrongIsOneSentenceThatNamesThePlace(t *testing.T) {
	with := func(extra string) string { return "COGNITO_DOMAIN=" + domain + "\nCLIENT_ID=abc\n" + extra }
	tests := map[string]struct {
		place place
		where string // Error.Place
		want  string // part of the sentence
	}{
		"a domain without a client":          {place{env: "COGNITO_DOMAIN=" + domain + "\n"}, "environment COGNITO_DOMAIN", "CLIENT_ID is not"},
		"a client with a space":              {place{env: "COGNITO_DOMAIN=" + domain + "\nCLIENT_ID=a b\n"}, "environment CLIENT_ID", "copy it again"},
		"a domain without a scheme":          {place{env: "COGNITO_DOMAIN=demo.auth.eu-west-1.amazoncognito.com\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "write https://demo.auth"},
		"the local pool without a scheme":    {place{env: "COGNITO_DOMAIN=127.0.0.1:9229\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "write http://127.0.0.1:9229"},
		"localhost without a scheme":         {place{env: "COGNITO_DOMAIN=localhost:9229\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "write http://localhost:9229"},
		"a prefix without a region":          {place{env: "COGNITO_DOMAIN=my-app\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "AWS_REGION"},
		"a prefix in a secret region":        {place{env: "COGNITO_DOMAIN=my-app\nCLIENT_ID=a\nAWS_REGION=us-iso-east-1\n"}, "environment COGNITO_DOMAIN", "full address"},
		"a prefix with a broken region":      {place{env: "COGNITO_DOMAIN=my-app\nCLIENT_ID=a\nAWS_REGION=evil.example/\n"}, "environment COGNITO_DOMAIN", "AWS_REGION"},
		"http elsewhere":                     {place{env: "COGNITO_DOMAIN=http://demo.example\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "write https://demo.example"},
		"another scheme":                     {place{env: "COGNITO_DOMAIN=ftp://demo.example\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "must be an https address"},
		"no host":                            {place{env: "COGNITO_DOMAIN=https://\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "no scheme"},
		"a domain with a path":               {place{env: "COGNITO_DOMAIN=" + domain + "/login\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "host alone: " + domain},
		"a domain with a query":              {place{env: "COGNITO_DOMAIN=" + domain + "?x\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "host alone"},
		"a domain with a user":               {place{env: "COGNITO_DOMAIN=https://u@demo.example\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "host alone"},
		"the issuer as the domain":           {place{env: "COGNITO_DOMAIN=https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "issuer's address"},
		"a redirect with a fragment":         {place{env: with("APP_URI=http://localhost:8501/#x\n")}, "environment APP_URI", "fragment"},
		"a redirect without a port":          {place{env: with("APP_URI=http://localhost/\n")}, "environment APP_URI", "no port"},
		"a redirect elsewhere":               {place{env: with("APP_URI=http://example.com:8501/\n")}, "environment APP_URI", "on this machine"},
		"a redirect over https":              {place{env: with("AWS_COGNITO_REDIRECT_URL=https://localhost:8501/\n")}, "environment AWS_COGNITO_REDIRECT_URL", "http://"},
		"the second of two redirects":        {place{env: with("APP_URI=http://localhost:8501/,localhost:5000\n")}, "environment APP_URI", "localhost:5000"},
		"commas for redirects":               {place{env: with("APP_URI=, ,\n")}, "environment APP_URI", "names no address"},
		"a sign-out address with no host":    {place{env: with("LOGOUT_URI=/bye\n")}, "environment LOGOUT_URI", "exactly as registered"},
		"a sign-out address with a #":        {place{env: with("LOGOUT_URI=https://x.example/#y\n")}, "environment LOGOUT_URI", "exactly as registered"},
		"a pool id that is none":             {place{env: with("COGNITO_USER_POOL_ID=AbC\n")}, "environment COGNITO_USER_POOL_ID", "eu-west-1_AbCdEfGhI"},
		"A-8 a prompt of no use":             {place{env: with("TABGATE_PROMPT=none\n")}, "environment TABGATE_PROMPT", "login, select_account"},
		"A-8 a hint with a space":            {place{env: with("TABGATE_HINT=a b\n")}, "environment TABGATE_HINT", "without spaces"},
		"A-8 a provider that is too long":    {place{env: with("TABGATE_PROVIDER=" + strings.Repeat("x", 65) + "\n")}, "environment TABGATE_PROVIDER", "64 characters"},
		"an issuer over http":                {place{env: with("COGNITO_ISSUER=http://id.example\n")}, "environment COGNITO_ISSUER", "https"},
		"scopes without openid":              {place{env: with("COGNITO_SCOPES=email\n")}, "environment COGNITO_SCOPES", "openid"},
		"half of the device addresses":       {place{env: with("DEVICE_TOKEN_URL=https://x.example/token\n")}, "environment DEVICE_TOKEN_URL", "both or neither"},
		"the other half":                     {place{env: with("DEVICE_AUTHORIZATION_URL=https://x.example/token\n")}, "environment DEVICE_AUTHORIZATION_URL", "both or neither"},
		"a device address over http":         {place{env: with("DEVICE_AUTHORIZATION_URL=http://x.example/a\nDEVICE_TOKEN_URL=https://x.example/b\n")}, "environment DEVICE_AUTHORIZATION_URL", "https"},
		"a token store nobody knows":         {place{env: "TABGATE_TOKEN_STORE=vault\n"}, "environment TABGATE_TOKEN_STORE", "keyring, file, memory"},
		"a theme nobody knows":               {place{yaml: "theme: pink\n"}, "config.yaml:1", "auto, dark, light"},
		"a time without a unit":              {place{yaml: "\nlogin_timeout: 90\n"}, "config.yaml:2", "such as 5m"},
		"a time that is too short":           {place{yaml: "login_timeout: 1s\n"}, "config.yaml:1", "10s to 1h"},
		"an unknown key":                     {place{yaml: "theme: dark\nthemes: dark\n"}, "config.yaml:2", "unknown key; known here"},
		"an unknown key of a profile":        {place{yaml: "profiles:\n  work:\n    domian: x\n"}, "config.yaml:3", "profiles.work.domian: unknown key"},
		"an unknown key of a page":           {place{yaml: "pages:\n  plotting: {group: [A]}\n"}, "config.yaml:2", "pages.plotting.group"},
		"data for a page without any":        {place{yaml: "pages:\n  plotting: {data: x}\n"}, "config.yaml:2", "pages.plotting.data"},
		"an option of reading that is none":  {place{yaml: "pages:\n  dataframe:\n    data:\n      path: x.csv\n      delimeter: ;\n"}, "config.yaml:5", "pages.dataframe.data.delimeter: unknown key; known here: comment, dates, decimal, delimiter, encoding, format, header, na, path, skip, thousands; did you mean delimiter?"},
		"a value of reading that is none":    {place{yaml: "pages:\n  dataframe:\n    data: {path: x.csv,\n           delimiter: ab}\n"}, "config.yaml:4", `pages.dataframe.data.delimiter: delimiter is one character, "tab"`},
		"options of reading without a file":  {place{yaml: "pages:\n  dataframe:\n    data: {skip: 2}\n"}, "config.yaml:3", "pages.dataframe.data: names no file: give it a path"},
		"a mapping for an option of reading": {place{yaml: "pages:\n  dataframe:\n    data: {path: x.csv, na: {a: b}}\n"}, "config.yaml:3", "pages.dataframe.data.na: must be a plain value"},
		"an unknown page":                    {place{yaml: "pages:\n  ploting: {groups: [A]}\n"}, "config.yaml:2", "dataframe, home, mapping, plotting"},
		"an unknown data address":            {place{yaml: "data: {bikes: https://x.example}\n"}, "config.yaml:1", "bike_racks"},
		"a data address over http":           {place{yaml: "data: {stations: http://x.example}\n"}, "config.yaml:1", "https"},
		"an empty key":                       {place{yaml: "\"\": x\n"}, "config.yaml:1", "unknown key"},
		"an empty key of a profile":          {place{yaml: "profiles: {work: {\"\": x}}\n"}, "config.yaml:1", "unknown key"},
		"a merge":                            {place{yaml: "<<: {theme: dark}\n"}, "config.yaml:1", "unknown key"},
		"a key given twice":                  {place{yaml: "theme: dark\ntheme: light\n"}, "config.yaml:2", "twice"},
		"a page given twice":                 {place{yaml: "pages:\n  plotting: {groups: [A]}\n  plotting: {groups: []}\n"}, "config.yaml:3", "twice"},
		"a group instead of a list":          {place{yaml: "pages:\n  plotting: {groups: Underwriters}\n"}, "config.yaml:2", "must be a list"},
		"no groups at all":                   {place{yaml: "pages:\n  plotting: {groups: }\n"}, "config.yaml:2", "must be a list"},
		"an empty group":                     {place{yaml: "pages:\n  plotting: {groups: [A, '']}\n"}, "config.yaml:2", "must name groups"},
		"a list in the list":                 {place{yaml: "pages:\n  plotting: {groups: [[A]]}\n"}, "config.yaml:2", "must name groups"},
		"an alias":                           {place{yaml: "theme: &x dark\nglyphs: *x\n"}, "config.yaml:2", "aliases"},
		"an alias among groups":              {place{yaml: "theme: &x dark\npages: {plotting: {groups: [*x]}}\n"}, "config.yaml:2", "must name groups"},
		"a mapping for a value":              {place{yaml: "theme: {a: b}\n"}, "config.yaml:1", "plain value"},
		"a list for the file":                {place{yaml: "- theme\n"}, "config.yaml:1", "keys and values"},
		"words for the file":                 {place{yaml: "theme dark\n"}, "config.yaml:1", "keys and values"},
		"two documents":                      {place{yaml: "theme: dark\n---\ntheme: light\n"}, "config.yaml", "more than one document"},
		"a tab for indentation":              {place{yaml: "pages:\n\tplotting: {}\n"}, "config.yaml:2", "not YAML"},
		"a bracket left open":                {place{yaml: "theme: dark\n\npages: {plotting: {groups: [A}\n"}, "config.yaml:3", "not YAML"},
		"a bracket left open at once":        {place{yaml: "pages: {plotting: {groups: [A}\n"}, "config.yaml:1", "not YAML"},
		"two colons":                         {place{yaml: "theme: a: b\n"}, "config.yaml:1", "not YAML"},
		"two colons further down":            {place{yaml: "\ntheme: a: b\n"}, "config.yaml:2", "not YAML"},
		"a quote left open":                  {place{yaml: "theme: dark\nbrowser: 'x\n"}, "config.yaml:2", "not YAML"},
		"broken UTF-8":                       {place{yaml: "theme: \xff\n"}, "config.yaml", "UTF-8"},
		"a profile that is not there":        {place{yaml: "profiles: {work: {}, home: {}}\n", profile: "wrok"}, "--profile", "there: home, work"},
		"a profile of the environment":       {place{env: "TABGATE_PROFILE=work\n"}, "environment TABGATE_PROFILE", "there: none"},
		"a host of other letters":            {place{env: "COGNITO_DOMAIN=https://\u0430uth.example.com\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "xn--"},
		"a command of an unknown encoding":   {place{env: "COGNITO_DOMAIN=https://\u202edemo.example/\x1b]52;c;x\x07\nCLIENT_ID=a\n"}, "environment COGNITO_DOMAIN", "must be"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := test.place.load(t)
			var wrong *Error
			if !errors.As(err, &wrong) {
				t.Fatalf("got %v", err)
			}
			if wrong.Place != test.where || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %q at %q, want something about %q at %q", err, wrong.Place, test.want, test.where)
			}
			if strings.ContainsAny(err.Error(), "\n\x1b\a\u202e") {
				t.Errorf("not one clean line: %q", err)
			}
		})
	}
}

func TestNoErrorShowsASecret(t *testing.T) {
	tests := map[string]place{
		"an anchor that is the secret":    {yaml: "profiles: {default: {client_secret: *" + canary + "}}\n"},
		"a tag that is the secret":        {yaml: "profiles: {default: {client_secret: !" + canary + " }}\n"},
		"a directive that is the secret":  {yaml: "%" + canary + "\n"},
		"a broken .env":                   {dotenv: "CLIENT_SECRET=\"" + canary + "\n"},
		"a .env line without a key":       {dotenv: canary + "\n"},
		"a secret that is a list":         {yaml: "profiles: {default: {client_secret: {" + canary + ": x}}}\n"},
		"a secret with a broken neighbor": {yaml: "theme: pink\nprofiles: {default: {client_secret: " + canary + "}}\n"},
		"an escape in the secret":         {yaml: "profiles: {default: {client_secret: \"\\q" + canary + "\"}}\n"},
	}
	for name, p := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := p.load(t); err != nil && strings.Contains(err.Error(), canary) {
				t.Errorf("shown: %v", err)
			}
		})
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	big := filepath.Join(dir, "big.yaml")
	if err := os.WriteFile(big, []byte(strings.Repeat("# x\n", 300<<10)), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{dir: "is a directory", big: "larger than 1 MiB"} {
		_, err := Load(Options{Env: lookup(""), WorkDir: t.TempDir(), Path: path})
		var wrong *Error
		if !errors.As(err, &wrong) || wrong.Place != path || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
