package dashboard

import (
	"time"

	"go.yaml.in/yaml/v3"
)

// folderKeys are the keys of tabgate.yaml.
func folderKeys() object[Dashboard] {
	return object[Dashboard]{what: "tabgate.yaml", keys: []key[Dashboard]{
		schemaKey[Dashboard](),
		bind("title", "What the dashboard is called.", line(), func(d *Dashboard) *string { return &d.Title }),
		bind("home", "The file with the first tab's text. home.md if it is not said.", pathOf("a Markdown file"), func(d *Dashboard) *string { return &d.Home.Path }),
		bind("inputs", "Choices that pages share: those that take one with - use: NAME.", inputs(false), func(d *Dashboard) *[]Input { return &d.Inputs }),
		bind("connections", "Databases, by the names that sources use.", connections(), func(d *Dashboard) *[]Connection { return &d.Connections }),
		bind("refresh", "How often sources are read again that do not say it themselves.", span(leastRefresh), func(d *Dashboard) *time.Duration { return &d.Refresh }),
		bind("theme", "The colours: auto, dark or light.", word("auto", "dark", "light"), func(d *Dashboard) *string { return &d.Theme }),
		bind("ground", "The ground of maps that say none: see there.", ground(), func(d *Dashboard) *string { return &d.Ground }),
		bind("sign_in", "Whom people sign in with, by the names of a profile.", signIn(), func(d *Dashboard) *[]Setting { return &d.SignIn }),
		{
			name: "server", doc: "How the folder is served.", schema: serverKeys().describe,
			read: func(r *reader, n *yaml.Node, d *Dashboard) { serverKeys().read(r, n, &d.Server) },
			write: func(d *Dashboard) *yaml.Node {
				if d.Server == (Server{}) {
					return nil
				}
				return serverKeys().write(d.Server)
			},
		},
	}}
}

// signInKeys are the names of a profile that a folder may set. The secret of a
// client is not among them: it would stand in the folder for all to read.
var signInKeys = []struct{ name, doc string }{
	{"domain", "The domain of the user pool."},
	{"client_id", "The app client."},
	{"app_uri", "Where the browser comes back to."},
	{"logout_uri", "Where the browser goes after signing out."},
	{"user_pool_id", "The user pool."},
	{"issuer", "The issuer of the tokens."},
	{"scopes", "The scopes that are asked for."},
	{"region", "The region of the user pool."},
	{"provider", "The identity provider that people sign in with."},
	{"device_authorization_url", "Where a sign-in on another device begins."},
	{"device_token_url", "Where a sign-in on another device ends."},
}

func signIn() codec[[]Setting] {
	var names []string
	properties := schema{}
	for _, k := range signInKeys {
		names = append(names, k.name)
		s := line().schema()
		s["description"] = k.doc
		properties[k.name] = s
	}
	scopes, _ := properties["scopes"].(schema)
	scopes["type"] = []any{"string", "array"}
	return codec[[]Setting]{
		read: func(r *reader, n *yaml.Node, v *[]Setting) {
			if !r.mapping(n, "the names of a profile") {
				return
			}
			for k, item := range pairs(n) {
				r.signIn(k, item, names, v)
			}
			for _, name := range []string{"domain", "client_id"} {
				if value(n, name) == nil {
					r.warn(n, "nobody can sign in by this: it lacks %s", name)
				}
			}
		},
		write: func(v []Setting) *yaml.Node {
			if len(v) == 0 {
				return nil
			}
			n := mappingNode()
			for _, s := range v {
				n.Content = append(n.Content, textNode(s.Name), textNode(s.Value))
			}
			return n
		},
		schema: func() schema {
			return schema{"type": "object", "properties": properties, "additionalProperties": false}
		},
	}
}

func (r *reader) signIn(k, n *yaml.Node, names []string, v *[]Setting) {
	s := Setting{Name: k.Value}
	switch {
	case k.Value == "client_secret":
		r.wrong(k, "client_secret has no place in a folder that others read: take it out, and use an app client that has none")
		return
	case !contains(names, k.Value):
		r.unknown(k, "key", names)
		return
	case n.Kind == refused:
		return
	case n.Kind == yaml.SequenceNode && k.Value == "scopes":
		var scopes []string
		values().read(r, n, &scopes)
		for i, scope := range scopes {
			if i > 0 {
				s.Value += " "
			}
			s.Value += scope
		}
	default:
		name("a text").read(r, n, &s.Value)
	}
	*v = append(*v, s)
}

func serverKeys() object[Server] {
	return object[Server]{what: "server", keys: []key[Server]{
		bind("listen", "The address it listens at. 127.0.0.1:8443 if it is not said.", line(), func(s *Server) *string { return &s.Listen }),
		bind("public_url", "The address that readers type.", line(), func(s *Server) *string { return &s.PublicURL }),
		bind("tls_cert", "The file of the certificate.", line(), func(s *Server) *string { return &s.TLSCert }),
		bind("tls_key", "The file of the certificate's key.", line(), func(s *Server) *string { return &s.TLSKey }),
		bind("acme", "The host that a certificate is fetched for.", line(), func(s *Server) *string { return &s.ACME }),
		bind("behind_proxy", "Where the proxy's requests come from, as CIDR.", line(), func(s *Server) *string { return &s.BehindProxy }),
		bind("audit", "The file that requests are written to.", line(), func(s *Server) *string { return &s.Audit }),
		bind("any_audience", "Take tokens whatever they were issued for.", yes(), func(s *Server) *bool { return &s.AnyAudience }),
		bind("max_age", "The greatest age of a token.", span(time.Second), func(s *Server) *time.Duration { return &s.MaxAge }),
	}}
}

func connections() codec[[]Connection] {
	return codec[[]Connection]{
		read: func(r *reader, n *yaml.Node, v *[]Connection) {
			if !r.mapping(n, "connections by their names") {
				return
			}
			for k, keys := range pairs(n) {
				if !validSource(k.Value) {
					r.wrong(k, "%s is no name for a connection: write up to 64 characters that can be seen", k.Value)
				}
				c := Connection{Name: k.Value, At: r.place(k)}
				if keys.Kind != refused {
					connectionKeys().read(r, keys, &c)
				}
				*v = append(*v, c)
			}
		},
		write: func(v []Connection) *yaml.Node {
			if len(v) == 0 {
				return nil
			}
			n := mappingNode()
			for _, c := range v {
				n.Content = append(n.Content, textNode(c.Name), connectionKeys().write(c))
			}
			return n
		},
		schema: func() schema {
			return schema{"type": "object", "additionalProperties": connectionKeys().describe()}
		},
	}
}

func connectionKeys() object[Connection] {
	return object[Connection]{what: "a connection", keys: []key[Connection]{
		must(bind("driver", "What the database is: sqlite, postgres or trino.", word("sqlite", "postgres", "trino"), func(c *Connection) *string { return &c.Driver })),
		bind("path", "The file of sqlite, below the folder.", pathOf("an SQLite file"), func(c *Connection) *string { return &c.Path }),
		bind("dsn", "Where postgres is: \"${env:WAREHOUSE_DSN}\".", line(), func(c *Connection) *string { return &c.DSN }),
		bind("role", "The role that postgres takes on for a reader.", line(), func(c *Connection) *string { return &c.Role }),
		bind("url", "Where trino is.", address(), func(c *Connection) *string { return &c.URL }),
		bind("catalog", "The catalog of trino.", line(), func(c *Connection) *string { return &c.Catalog }),
		bind("schema", "The schema of trino.", line(), func(c *Connection) *string { return &c.Schema }),
		bind("timeout", "The longest that a query takes. 30s if it is not said.", span(time.Second), func(c *Connection) *time.Duration { return &c.Timeout }),
		bind("max_rows", "The most rows that a query gives. 1000000 if it is not said.", count(1, 1_000_000_000), func(c *Connection) *int { return &c.MaxRows }),
		bind("max_bytes", "The most data that a query gives. 256MiB if it is not said.", bytesOf(), func(c *Connection) *int64 { return &c.MaxBytes }),
	}, check: checkConnection}
}
