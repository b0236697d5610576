// SPDX-License-Identifier: Apache-2.0
// One client from referral to follow-up in C#: carries out the commands of a JSON Lines file in a store in memory, prints the
// answer to each, and at the end the case as a worker sees it.
//
//   OneClient.exe COMMANDS.jsonl AS_OF
using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using Polku;

internal static class OneClient
{
    private static int Main(string[] args)
    {
        if (args.Length != 2)
        {
            Console.Error.WriteLine("usage: OneClient COMMANDS.jsonl AS_OF");
            return 2;
        }
        using (var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" })
        using (var store = new Store(":memory:"))
        {
            using (var path = new ServicePath("tyokyky-kayttoon")) store.UsePath(path);
            string caseId = null;
            foreach (var line in File.ReadAllLines(args[0]))
            {
                var answer = store.Execute(line);
                caseId = caseId ?? Regex.Match(answer, "\"case\":\"([0-9a-f]{32})\"").Groups[1].Value;
                output.WriteLine(answer);
            }
            output.WriteLine(store.Case(caseId, args[1], "fi"));
        }
        return 0;
    }
}
