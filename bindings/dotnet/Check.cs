// SPDX-License-Identifier: Apache-2.0
// Tries the bindings; ends with 1 and a line for each fault.
//
//   Check.exe SOURCE      SOURCE is polku's source tree
using System;
using System.IO;
using Polku;

internal static class Check
{
    private static int checks, faults;

    private static void That(bool good, string what)
    {
        ++checks;
        if (good) return;
        ++faults;
        Console.WriteLine("FAILED: " + what);
    }

    private static PolkuException Fault(Action call)
    {
        try
        {
            call();
        }
        catch (PolkuException fault)
        {
            return fault;
        }
        throw new InvalidOperationException("a call was taken that should have failed");
    }

    private static void Decisions(string source)
    {
        That(Engine.Version.Split('.').Length == 3 && Engine.AbiVersion >= 1000, "versions");
        That(Engine.Evaluate("sana + \" 🌲\"", "{\"sana\":\"työ\"}") == "\"työ 🌲\"", "an expression over a name");
        That(Engine.Evaluate("string(today())", null, "2026-03-02") == "\"2026-03-02\"", "the given day");
        var fault = Fault(() => Engine.Evaluate("1 +"));
        That(fault.Status == Status.Invalid && fault.Code == 200 && fault.Positions[0].Line == 1, "an error with its place");
        using (var program = Program.Compile("support.dmn", File.ReadAllText(Path.Combine(source, "examples", "support.dmn"))))
        {
            That(program.Evaluate("Support", "{\"work ability\":6,\"months without work\":14}") == "\"coaching\"", "a decision");
            That(Fault(() => program.Evaluate("Nothing", "{}")).Status == Status.NotFound, "a decision that is not there");
        }
        That(Fault(() => Program.Compile("first.dmn", "<nothing/>")).Positions[0].Source == "first.dmn", "a model's name in its error");
    }

    private static void Packs()
    {
        const string question = "{\"decision\":\"De minimis\",\"decided\":\"2026-11-01\",\"inputs\":" +
                                "{\"excluded sector\":true,\"new aid\":70000,\"majority of votes\":true}}";
        using (var pack = new Pack("deminimis"))
        {
            That(pack.Decide(question).Contains("\"fit\":\"excluded\""), "a pack's decision");
            That(pack.ExplainText(question, "sv").Split('\n').Length > 3, "its explanation");
            var fault = Fault(() => pack.Decide(question.Replace("70000", "\"much\"")));
            That(fault.Positions[0].Pointer == "/inputs/new aid", "the pointer of a wrong fact");
        }
    }

    private static void Cases(string source)
    {
        var lines = File.ReadAllLines(Path.Combine(source, "examples", "one_client.jsonl"));
        using (var store = new Store(":memory:"))
        {
            using (var path = new ServicePath("tyokyky-kayttoon")) store.UsePath(path);
            foreach (var line in lines) store.Execute(line);
            That(store.Execute(lines[1]) == store.Execute(lines[1]), "a command said again");
            That(Fault(() => store.Execute(lines[1].Replace("Aino", "Eino"))).Status == Status.Conflict, "its id with other content");
            ulong position = 0;
            int pages = 0;
            for (;; ++pages)
            {
                var events = store.EventsSince(position, 20, out var cursor);
                if (cursor == position) break;
                That(events.StartsWith("[{"), "a page of the feed");
                position = cursor;
            }
            That(pages > 1, "the feed has pages");
        }
        That(Fault(() => new ServicePath("polku-jota-ei-ole")).Status == Status.NotFound, "a path that is not there");
    }

    private static int Main(string[] args)
    {
        Decisions(args[0]);
        Packs();
        Cases(args[0]);
        Console.WriteLine($"{checks - faults} of {checks} checks");
        return faults == 0 ? 0 : 1;
    }
}
