// SPDX-License-Identifier: Apache-2.0
// What surrounds the block of docs/bindings.md in C#; .ci/bindings runs it in a folder of its own.
using System;
using System.IO;
using Polku;

internal static class Bindings
{
    private static void Main(string[] args)
    {
        var commandJson = File.ReadAllLines(args[0])[0];
        // SNIPPET
        using (var store = new Store("cases.db")) store.Case("000000000000000000000000ca000001", "2026-10-01", "fi");
    }
}
