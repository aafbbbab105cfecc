package localpool

import (
	"fmt"
	"slices"
)

// maxGroups is Cognito's limit for one user.
const maxGroups = 100

// people is the directory as an administrator sees and changes it.
type people struct {
	directory *directory
	grants    *grants
}

// Users lists the pool's people in the order of their arrival.
func (p people) Users() []Listed {
	d := p.directory
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []Listed
	for _, u := range d.people {
		all = append(all, Listed{Email: u.email, Sub: u.sub, Groups: append([]string{}, u.groups...), Confirmed: !u.unconfirmed})
	}
	return all
}

// Listed is a person as an administrator sees one.
type Listed struct {
	Email     string   `json:"email"`
	Sub       string   `json:"sub"`
	Groups    []string `json:"groups"` // sorted, never null
	Confirmed bool     `json:"confirmed"`
}

// AddGroup puts a person into a group. Their tokens show it from the next
// sign-in or refresh on. Being in it already is no error.
func (p people) AddGroup(email, group string) error {
	if err := CheckGroup(group); err != nil {
		return err
	}
	return p.directory.change(email, func(u *account) error {
		if slices.Contains(u.groups, group) {
			return nil
		}
		if len(u.groups) >= maxGroups {
			return fmt.Errorf("%s is in %d groups already, which is the most", u.email, maxGroups)
		}
		u.groups = slices.Sorted(slices.Values(append(slices.Clone(u.groups), group)))
		return nil
	})
}

// RemoveGroup takes a person out of a group.
func (p people) RemoveGroup(email, group string) error {
	return p.directory.change(email, func(u *account) error {
		if !slices.Contains(u.groups, group) {
			return fmt.Errorf("%s is not in the group %q", u.email, group)
		}
		u.groups = slices.DeleteFunc(slices.Clone(u.groups), func(g string) bool { return g == group })
		return nil
	})
}

// SignOutEverywhere ends all of a person's sign-ins: their refresh tokens are
// refused from now on.
func (p people) SignOutEverywhere(email string) error {
	return p.directory.change(email, func(u *account) error {
		p.grants.dropUser(u.sub)
		return nil
	})
}
