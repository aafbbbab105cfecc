package dashboard

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// NeedKind is what a folder reaches for outside of itself.
type NeedKind string

// The kinds.
const (
	NeedOrigin   NeedKind = "origin"   // an address on a network
	NeedDatabase NeedKind = "database" // a database on a server
	NeedSignIn   NeedKind = "sign_in"  // another sign-in than the reader's own
)

// Need is one thing that a folder reaches for outside of itself: where, as whom,
// and with which secrets of the reader's machine.
type Need struct {
	Kind     NeedKind
	Place    string   // "https://api.example.com", "db.example.com (postgres)"
	Identity string   // none, service, token, claims; "" for a sign-in
	Env      []string // environment variables, sorted
	Files    []string // secret files, sorted
	Settings []string // of a sign-in: "client_id=…", sorted
}

// String is the need in words that follow "this folder": "connects to
// db.example.com (postgres), with WAREHOUSE_DSN from the environment".
func (n Need) String() string {
	if n.Kind == NeedSignIn {
		return "has you sign in at " + named(n.Place)
	}
	text := "connects to " + n.where()
	switch n.Identity {
	case "token":
		text += " as you, giving it your access token"
	case "claims":
		text += ", telling it who you are"
	}
	var with []string
	for _, name := range n.Env {
		with = append(with, name+" from the environment")
	}
	for _, name := range n.Files {
		with = append(with, "what stands in "+named(name))
	}
	if len(with) > 0 {
		text += ", with " + strings.Join(with, " and ")
	}
	return text
}

// where is the place in words. That of a database is in words already.
func (n Need) where() string {
	if n.Kind == NeedDatabase {
		return shown(n.Place)
	}
	return named(n.Place)
}

var plainName = regexp.MustCompile(`^[\pL\pN._~/\\:@%\[\]+,=-]+$`)

// named is a name that a file chose as it stands in a sentence: in quotes unless
// it is one word, so that none of it reads as if it were the sentence's own.
func named(name string) string {
	if plainName.MatchString(name) {
		return shown(name)
	}
	return strconv.Quote(shown(name))
}

// Outside lists everything that the pages reach for outside of the folder, each
// once and in a fixed order. A database file of the folder is not among it.
func (d *Dashboard) Outside() []Need {
	var needs []Need
	for _, p := range d.Pages {
		if p.Content == nil {
			continue
		}
		for _, s := range p.Content.Sources {
			if n, ok := d.needOf(s); ok {
				needs = merge(needs, n)
			}
		}
		for _, n := range d.grounds(p.Content) {
			needs = merge(needs, n)
		}
	}
	if len(d.SignIn) > 0 {
		needs = merge(needs, signInNeed(d.SignIn))
	}
	slices.SortFunc(needs, func(a, b Need) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Identity, b.Identity))
	})
	return needs
}

// Digest is a hash of exactly a list of needs: it changes with each of them.
func Digest(needs []Need) string {
	text, err := json.Marshal(needs)
	if err != nil {
		panic(err) // texts alone
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// needOf is what one source needs; false for one of the folder alone.
func (d *Dashboard) needOf(s Source) (Need, bool) {
	n := Need{Identity: or(s.Identity, "none")}
	switch {
	case s.URL != "":
		n.Kind, n.Place = NeedOrigin, originOf(s.URL)
		for _, h := range s.Headers {
			n.secrets(h.Value)
		}
		return n, true
	case s.Connection == "":
		return n, false
	}
	i := slices.IndexFunc(d.Connections, func(c Connection) bool { return c.Name == s.Connection })
	if i < 0 {
		return n, false
	}
	n.Kind = NeedDatabase
	switch c := d.Connections[i]; c.Driver {
	case "postgres":
		n.Place = databaseHost(c.DSN) + " (postgres)"
		n.secrets(c.DSN)
	case "trino":
		n.Place = named(originOf(c.URL)) + " (trino)"
	default:
		return n, false
	}
	return n, true
}

func (n *Need) secrets(text string) {
	found, _ := secretsIn(text)
	for _, s := range found {
		if s.kind == "env" {
			n.Env = append(n.Env, s.name)
		} else {
			n.Files = append(n.Files, s.name)
		}
	}
}

// merge adds a need to a list in which each place stands once an identity.
func merge(needs []Need, n Need) []Need {
	i := slices.IndexFunc(needs, func(m Need) bool {
		return m.Kind == n.Kind && m.Place == n.Place && m.Identity == n.Identity
	})
	if i < 0 {
		needs = append(needs, Need{Kind: n.Kind, Place: n.Place, Identity: n.Identity})
		i = len(needs) - 1
	}
	m := &needs[i]
	for _, list := range []struct {
		to   *[]string
		more []string
	}{{&m.Env, n.Env}, {&m.Files, n.Files}, {&m.Settings, n.Settings}} {
		*list.to = append(*list.to, list.more...)
		slices.Sort(*list.to)
		*list.to = slices.Compact(*list.to)
	}
	return needs
}

func signInNeed(settings []Setting) Need {
	n := Need{Kind: NeedSignIn}
	said := map[string]string{}
	for _, s := range settings {
		n.Settings, said[s.Name] = append(n.Settings, s.Name+"="+s.Value), shown(s.Value)
	}
	n.Place = or(or(said["domain"], said["issuer"]), "another user pool")
	return n
}

// originOf is the scheme, host and port of an address.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	host := strings.ToLower(u.Host)
	if h, port, err := net.SplitHostPort(host); err == nil && (u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80") {
		host = h
	}
	return strings.ToLower(u.Scheme) + "://" + host
}

var hostKey = regexp.MustCompile(`(?i)(?:^|[\s?&])(host|hostaddr|port)\s*=\s*('[^']*'|[^\s&]*)`)

// databaseHost is the host that a connection string of Postgres names, or the
// secret that names it.
func databaseHost(dsn string) string {
	var places []string
	if _, rest, ok := strings.Cut(dsn, "://"); ok {
		authority := rest
		if i := strings.IndexAny(rest, "/?"); i >= 0 {
			authority = rest[:i]
		}
		if i := strings.LastIndexByte(authority, '@'); i >= 0 {
			authority = authority[i+1:]
		}
		if authority != "" {
			places = append(places, authority)
		}
	}
	for _, m := range hostKey.FindAllStringSubmatch(dsn, -1) {
		value := strings.Trim(m[2], "'")
		if strings.EqualFold(m[1], "port") {
			value = ":" + value
		}
		places = append(places, value)
	}
	if found, _ := secretsIn(dsn); len(found) > 0 && (len(places) == 0 || strings.Contains(strings.Join(places, ""), "${")) {
		return "the server that " + named(found[0].name) + " names"
	}
	if len(places) == 0 {
		return "the database server of this machine"
	}
	for i, place := range places {
		places[i] = named(strings.ToLower(place))
	}
	return strings.Join(places, " ")
}
