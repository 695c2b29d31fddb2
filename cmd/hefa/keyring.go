package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hefa/internal/lang"
	"hefa/internal/seal"
)

// keyring is where the master key comes from; without a word it is a file in the data folder, made at the first start.
type keyring struct {
	MasterKey        string `help:"File of the master key; without it master.key in the data folder, made at the first start." type:"path"`
	MasterPassphrase string `help:"File of a passphrase that the master key is derived from, in place of a key file." type:"path"`
	MasterCommand    string `help:"Program that wraps and unwraps keys, in place of a key file: called with wrap or unwrap, bytes in, bytes out."`
	Suite            string `help:"Algorithms of new keys: sm (SM4, SM3, SM2) or aes (AES-256, SHA-256, P-256)." enum:"sm,aes" default:"sm"`
}

// ring is the keys of an installation whose data lie in the folder, still shut.
func (k keyring) ring(data string) (*seal.Ring, error) {
	return seal.NewRing(k.master(data), seal.Suite(k.Suite))
}

// master is the master key as the flags name it.
func (k keyring) master(data string) *seal.Master {
	switch {
	case k.MasterCommand != "":
		return seal.MasterCommand(strings.Fields(k.MasterCommand))
	case k.MasterPassphrase != "":
		return seal.MasterPassphrase(k.MasterPassphrase)
	}
	return seal.MasterFile(k.file(data))
}

// file is the name of the master key's file.
func (k keyring) file(data string) string {
	if k.MasterKey != "" {
		return k.MasterKey
	}
	return filepath.Join(data, "master.key")
}

// sealing tells an operator how far the sealing of a table has come.
func sealing(table string, rows int) { fmt.Fprintln(os.Stderr, lang.T("keys.sealing", table, rows)) }
