package config

import "strings"

// found is a value and where it came from.
type found struct{ text, origin string }

// layers are the places to look in. Flags, the file named by --env-file,
// environment and config file are the user's own word; .env is the folder's.
//
//	setting               | looked for in, strongest first
//	----------------------|-------------------------------
//	the sign-in           | the user's own layers, or .env alone: see folderSignsIn
//	what .env may set     | flags, --env-file, environment, .env, config file
//	all others            | flags, --env-file, environment, config file
type layers struct {
	flags  map[string]string
	named  dotenv // of --env-file
	env    func(string) (string, bool)
	folder dotenv // ./.env
	file   file

	// folderSignsIn says that .env decides the sign-in: the user's own layers
	// are then not asked for any part of it, but for the region in the
	// environment, which is there for many programs.
	folderSignsIn bool
}

// find gives the value of a setting that counts. An empty variable counts as
// unset, as shells and compose files often leave them.
func (l layers) find(s setting, profile string) found {
	if s.level == signIn && l.folderSignsIn {
		f := l.folder.find(s)
		if f.text == "" && s.key == regionKey {
			f = l.environment(s)
		}
		return f.or(s)
	}
	f := l.given(s)
	if f.text == "" && s.level == harmless {
		f = l.folder.find(s)
	}
	if f.text == "" {
		f = l.written(s, profile)
	}
	return f.or(s)
}

// or is the default where nothing was found.
func (f found) or(s setting) found {
	if f.text == "" {
		return found{s.preset, "default"}
	}
	return f
}

// own gives the value of the user's own layers, empty where they have none.
func (l layers) own(s setting, profile string) found {
	if f := l.given(s); f.text != "" {
		return f
	}
	return l.written(s, profile)
}

// given is what the user said for this run or this shell.
func (l layers) given(s setting) found {
	if v := l.flags[s.key]; v != "" {
		return found{v, s.flag}
	}
	if f := l.named.find(s); f.text != "" {
		return f
	}
	return l.environment(s)
}

func (l layers) environment(s setting) found {
	for _, name := range s.names() {
		if v, ok := l.env(name); ok && v != "" {
			return found{v, "environment " + name}
		}
	}
	return found{}
}

// written is what the config file has.
func (l layers) written(s setting, profile string) found {
	if v, ok := l.file.profiles[profile][s.yaml]; ok && s.yaml != "" && v.text != "" {
		return v
	}
	if v, ok := l.file.top[s.top]; ok && s.top != "" && v.text != "" {
		return v
	}
	return found{}
}

// profile decides which profile counts and refuses one that is not there.
// chosen says that the user named it for this run or this shell.
func (l layers) profile(asked string) (p found, chosen bool, err error) {
	p = found{asked, "--profile"}
	if p.text == "" {
		p = l.named.set["TABGATE_PROFILE"]
	}
	if p.text == "" {
		v, _ := l.env("TABGATE_PROFILE")
		p = found{v, "environment TABGATE_PROFILE"}
	}
	chosen = p.text != ""
	if !chosen {
		p = l.file.profile
	}
	if p.text == "" {
		return found{"default", "default"}, false, nil
	}
	if _, ok := l.file.profiles[p.text]; !ok && p.text != "default" {
		var names []string
		for name := range l.file.profiles {
			names = append(names, name)
		}
		return p, chosen, wrong(p.origin, "profile", "there is no profile %q in %s; there: %s", p.text, l.file.name, orNone(names))
	}
	return p, chosen, nil
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(sorted(names), ", ")
}
