package config

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestW6OnlyLinesWithNamesOfOursAreRead(t *testing.T) {
	tests := map[string]struct{ lines, want string }{
		"plain":                            {"CLIENT_ID=abc\n", "abc"},
		"no line end":                      {"CLIENT_ID=abc", "abc"},
		"a carriage return":                {"CLIENT_ID=abc\r\n", "abc"},
		"spaces":                           {"  CLIENT_ID = abc  \n", "abc"},
		"export":                           {"export CLIENT_ID=abc\n", "abc"},
		"export with tabs":                 {"\texport\tCLIENT_ID=abc\n", "abc"},
		"double quotes":                    {`CLIENT_ID="a \"b\" \\ $c" # x` + "\n", `a "b" \ $c`},
		"single quotes":                    {`CLIENT_ID='a "b" \n ${c}' # x` + "\n", `a "b" \n ${c}`},
		"a comment":                        {"CLIENT_ID=abc # the app's\n", "abc"},
		"a sign that begins none":          {"CLIENT_ID=a#b\n", "a#b"},
		"only a comment":                   {"CLIENT_ID= # none\n", ""},
		"a line that is one":               {"# CLIENT_ID=abc\n", ""},
		"the last of two":                  {"CLIENT_ID=a\nCLIENT_ID=b\n", "b"},
		"an = in the value":                {"CLIENT_ID=a=b=\n", "a=b="},
		"a - in another's name":            {"my-app.key=1\nCLIENT_ID=abc\n", "abc"},
		"another's broken line":            {"FOO BAR\n=x\nFOO=\"x\nexport\nCLIENT_ID=abc\n", "abc"},
		"another's apostrophe":             {"NAME='tis\nCLIENT_ID=abc\n", "abc"},
		"inside another's value":           {"KEY=\"-----BEGIN\nCLIENT_ID=evil\n-----END\"\nOTHER=1\n", ""},
		"inside another's single quotes":   {"KEY='a\nCLIENT_ID=evil\n'\n", ""},
		"after another's value":            {"KEY=\"a \\\" \nCLIENT_ID=evil\n\" # x\nCLIENT_ID=abc\n", "abc"},
		"the words of pool serve":          {"CLIENT_ID=abc\nready\n", "abc"},
		"a longer name":                    {"MY_CLIENT_ID=x\nCLIENT_IDS=y\n", ""},
		"a byte order mark":                {"\ufeffCLIENT_ID=abc\n", "abc"},
		"signs of other alphabets, quoted": {"CLIENT_ID=\"é\u4e16\"\n", "é\u4e16"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := dotenv{name: "./.env"}
			d.parse([]byte(test.lines))
			if got := d.set["CLIENT_ID"].text; got != test.want || len(d.bad) > 0 {
				t.Errorf("got %q, want %q; %v", got, test.want, d.bad)
			}
		})
	}
}

func TestW6WhatPowerShellWritesIsRead(t *testing.T) {
	text := "COGNITO_DOMAIN=" + domain + "\r\nCLIENT_ID=abc\r\n"
	for name, order := range map[string]binary.AppendByteOrder{"little": binary.LittleEndian, "big": binary.BigEndian} {
		var content []byte
		for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
			content = order.AppendUint16(content, unit)
		}
		for _, end := range []string{"", "\x00"} { // a byte too many is no reason to fail
			c := place{dotenv: string(content) + end, answer: Yes}.mustLoad(t)
			if !c.Configured() || c.ClientID != "abc" {
				t.Errorf("%s: %q, %+v", name, c.ClientID, c.Folder)
			}
		}
	}
}

func TestW6ABadLineOfOursNamesItsNumber(t *testing.T) {
	tests := map[string]struct{ lines, says string }{
		"an open quote":           {"A=1\n\nCLIENT_SECRET=\"" + canary + "\n", "./.env:3 CLIENT_SECRET: has a quote"},
		"text after a quote":      {"CLIENT_ID='a' " + canary + "\n", "./.env:1 CLIENT_ID: has text after"},
		"no =":                    {"\nexport CLIENT_ID\n", "./.env:2 CLIENT_ID: has no ="},
		"a colon":                 {"CLIENT_ID: abc\n", "write CLIENT_ID=value"},
		"a variable":              {"COGNITO_DOMAIN=https://${HOST}\n", "./.env:1 COGNITO_DOMAIN: has ${"},
		"a variable in quotes":    {"COGNITO_DOMAIN=\"https://${HOST}\"\n", "./.env:1 COGNITO_DOMAIN: has ${"},
		"no domain":               {"#\nAWS_COGNITO_USER_POOL_CLIENT_ID=x\n", "./.env:2 AWS_COGNITO_USER_POOL_CLIENT_ID: is set but COGNITO_DOMAIN is not"},
		"a domain with no scheme": {"CLIENT_ID=a\nCOGNITO_DOMAIN=x.example.com\n", "./.env:2 COGNITO_DOMAIN: has no scheme"},
		"control characters":      {"COGNITO_DOMAIN=\"https://evil\x1b[2J\u009b\"\nCLIENT_ID=\x1b]52;c;x\x07\n", "./.env:2 CLIENT_ID: holds characters"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := place{dotenv: test.lines, answer: Yes}.mustLoad(t) // no command fails because of it
			if why := c.Folder.Why(); c.Folder.State != Wrong || !strings.HasPrefix(why, strings.Split(test.says, "write")[0]) || !strings.Contains(why, test.says) || strings.Contains(why, canary) || strings.ContainsAny(why, "\n\x1b\u009b") {
				t.Errorf("%s: %q, want %q", c.Folder.State, why, test.says)
			}
		})
	}
	c := place{dotenv: "TABGATE_THEME=pink\nTABGATE_GLYPHS=\"half\nTABGATE_OFFLINE=true\n"}.mustLoad(t)
	notes := strings.Join(c.Notes, "\n")
	if c.Theme != "auto" || c.Glyphs != "auto" || !c.Offline || !strings.Contains(notes, "./.env:1 TABGATE_THEME") || !strings.Contains(notes, "./.env:2 TABGATE_GLYPHS") || len(c.Notes) != 2 {
		t.Errorf("theme %q, glyphs %q, offline %v, notes %q", c.Theme, c.Glyphs, c.Offline, c.Notes)
	}
}

func TestEnvFileIsTheUsersOwnWord(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write(".env", "COGNITO_DOMAIN="+relay+"\nCLIENT_ID=web\nTABGATE_THEME=light\n")
	config := write("config.yaml", "profiles:\n  work: {client_secret: "+canary+"}\n")
	path := write("mine.env", "COGNITO_DOMAIN="+domain+"\nCLIENT_ID=abc\nTABGATE_PROFILE=work\nTABGATE_TOKEN_STORE=memory\n")
	for _, name := range []string{"mine.env", path} { // from the working directory, too
		c, err := Load(Options{Env: lookup("CLIENT_ID=env\n"), WorkDir: dir, Path: config, EnvFile: name})
		if err != nil || c.ClientID != "abc" || c.Profile != "work" || c.ClientSecret.Reveal() != canary || c.TokenStore != "memory" || c.Folder.State != None || c.Theme != "auto" {
			t.Errorf("%v, %+v", err, c)
		}
		if got := origin(t, c, "CLIENT_ID"); got != "abc from "+name+":2 CLIENT_ID" {
			t.Errorf("%q", got)
		}
	}
	write("bad.env", "\nCLIENT_ID='a\n")
	for name, says := range map[string]string{"none.env": "no such file", "bad.env": "bad.env:2 CLIENT_ID", ".": "directory"} {
		_, err := Load(Options{Env: lookup(""), WorkDir: dir, Path: config, EnvFile: name})
		var wrong *Error
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestW10AddressesAreShownWithoutWhatCouldBeSecret(t *testing.T) {
	for text, want := range map[string]string{
		"https://u:p@h.example/p?key=s&b=&c#f": "https://[redacted]@h.example/p?key=[redacted]&b=&[redacted]#[redacted]",
		"https://u@h.example":                  "https://[redacted]@h.example",
		"https://h.example/a@b":                "https://h.example/a@b",
		"http://a/?x=1,http://b/?y=2":          "http://a/?x=[redacted],http://b/?y=[redacted]",
		"https://a@b@h.example/":               "https://[redacted]@h.example/",
		"https://h.example/%zz?k=s":            "https://h.example/%zz?k=[redacted]",
		"eu-west-1_AbC":                        "eu-west-1_AbC",
		"openid email":                         "openid email",
		"":                                     "",
	} {
		if got := hidden(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
	c := place{
		env: "COGNITO_DOMAIN=" + domain + "\nCLIENT_ID=a\nCOGNITO_ISSUER=https://u:" + canary + "@id.example/x?k=" + canary + "\nLOGOUT_URI=http://x.example/?k=" + canary + "\n" +
			"DEVICE_AUTHORIZATION_URL=https://" + canary + "@d.example/a\nDEVICE_TOKEN_URL=https://d.example/t?k=" + canary + "\n",
		yaml: "data: {stations: 'https://" + canary + "@x.example/s?sig=" + canary + "'}\npages: {dataframe: {data: 'https://x.example/?k=" + canary + "'}}\n",
	}.mustLoad(t)
	for _, r := range c.Rows() {
		if strings.Contains(r.Value, canary) {
			t.Errorf("%s is shown as %q", r.Key, r.Value)
		}
	}
	if got := origin(t, c, "data.stations"); got != "https://[redacted]@x.example/s?sig=[redacted] from config.yaml:1" {
		t.Errorf("%q", got)
	}
}
