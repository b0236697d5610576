// SPDX-License-Identifier: Apache-2.0
// Service paths and their rules over polku's C ABI, by P/Invoke: netstandard2.0 and C# 7, so that .NET and Mono compile it.
// Documents in and out are JSON texts; read them with the mapper that you have.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace Polku
{
    /// <summary>What became of a call; docs/c-abi.md says what to do about each.</summary>
    public enum Status
    {
        Ok, Invalid, NotFound, Conflict, Denied, Limit, Cancelled, Busy, Corrupt, Misuse, NoMemory, Internal
    }

    /// <summary>A place that an error concerns; empty texts and 0 mean that a part is not known.</summary>
    public sealed class Position
    {
        public string Source { get; internal set; }
        public string Element { get; internal set; }
        public string Pointer { get; internal set; }
        public uint Line { get; internal set; }
        public uint Column { get; internal set; }
    }

    /// <summary>Every error of polku; Code is the stable number of docs/errors.md.</summary>
    public sealed class PolkuException : Exception
    {
        public Status Status { get; }
        public uint Code { get; }
        public string Sentence { get; }
        public IReadOnlyList<Position> Positions { get; }

        internal PolkuException(Status status, uint code, string sentence, string text, IReadOnlyList<Position> positions)
            : base(text)
        {
            Status = status;
            Code = code;
            Sentence = sentence;
            Positions = positions;
        }
    }

    /// <summary>What belongs to no object.</summary>
    public static class Engine
    {
        public static string Version => Text.Borrowed(Native.polku_version());
        public static uint AbiVersion => Native.polku_abi_version();

        /// <summary>Evaluates a FEEL expression over a JSON object of names (null: none); the answer is JSON.</summary>
        public static string Evaluate(string expression, string namesJson = null, string now = null)
        {
            byte[] asked = Text.Utf8(expression), names = Text.Utf8(namesJson), time = Text.Utf8(now);
            using (var ctx = new ContextHandle())
            {
                Text.Check(Native.polku_context_create(IntPtr.Zero, out ctx.Slot, out var err), err);
                if (time != null) Text.Check(Native.polku_context_set_now(ctx.Slot, time, Text.Size(time), out err), err);
                var status = Native.polku_feel_evaluate(ctx.Slot, asked, Text.Size(asked), names, Text.Size(names), out var answer, out err);
                return Text.Of(status, answer, err);
            }
        }

        private sealed class ContextHandle : IDisposable
        {
            internal IntPtr Slot;
            public void Dispose() { Native.polku_context_destroy(Slot); }
        }
    }

    /// <summary>A compiled DMN model: immutable, shared freely by threads.</summary>
    public sealed class Program : Handle
    {
        private Program(IntPtr made) : base(made) { }

        /// <summary>Compiles one DMN text; errors call it by its name.</summary>
        public static Program Compile(string name, string xml)
        {
            byte[] called = Text.Utf8(name), data = Text.Utf8(xml);
            GCHandle first = GCHandle.Alloc(called, GCHandleType.Pinned), second = GCHandle.Alloc(data, GCHandleType.Pinned);
            try
            {
                var file = new Native.File { name = first.AddrOfPinnedObject(), name_length = Text.Size(called),
                                             data = second.AddrOfPinnedObject(), data_length = Text.Size(data) };
                Text.Check(Native.polku_program_compile(ref file, (UIntPtr)1, out var made, out var err), err);
                return new Program(made);
            }
            finally
            {
                first.Free();
                second.Free();
            }
        }

        /// <summary>Evaluates a decision over a JSON object of inputs; the answer is its value as JSON.</summary>
        public string Evaluate(string decision, string inputJson)
        {
            byte[] name = Text.Utf8(decision), input = Text.Utf8(inputJson);
            Text.Check(Native.polku_program_find(this, name, Text.Size(name), out var index, out var err), err);
            Text.Check(Native.polku_context_create(IntPtr.Zero, out var ctx, out err), err);
            try
            {
                var status = Native.polku_program_evaluate_json(this, ctx, index, input, Text.Size(input), out var answer, out err);
                return Text.Of(status, answer, err);
            }
            finally
            {
                Native.polku_context_destroy(ctx);
            }
        }

        protected override void Destroy(IntPtr made) { Native.polku_program_destroy(made); }
    }

    /// <summary>A rule pack that polku ships: immutable, shared freely by threads. Questions and answers: docs/c-abi.md.</summary>
    public sealed class Pack : Handle
    {
        public Pack(string id) : base(Text.Named(Native.polku_pack_shipped, id)) { }

        public string Decide(string questionJson)
        {
            var question = Text.Utf8(questionJson);
            var status = Native.polku_pack_decide(this, question, Text.Size(question), out var answer, out var err);
            return Text.Of(status, answer, err);
        }

        /// <summary>The decision as text for people, in "fi", "sv", "en" or "fi-selko".</summary>
        public string ExplainText(string questionJson, string language)
        {
            byte[] question = Text.Utf8(questionJson), spoken = Text.Utf8(language);
            var status = Native.polku_pack_explain_text(this, question, Text.Size(question), spoken, Text.Size(spoken), out var answer, out var err);
            return Text.Of(status, answer, err);
        }

        protected override void Destroy(IntPtr made) { Native.polku_pack_destroy(made); }
    }

    /// <summary>A service path that polku ships: immutable, shared freely by threads.</summary>
    public sealed class ServicePath : Handle
    {
        public ServicePath(string id) : base(Text.Named(Native.polku_path_shipped, id)) { }
        protected override void Destroy(IntPtr made) { Native.polku_path_destroy(made); }
    }

    /// <summary>A store of cases: one SQLite file, or ":memory:". One thread at a time.</summary>
    public sealed class Store : Handle
    {
        public Store(string path) : base(Open(path)) { }

        private static IntPtr Open(string path)
        {
            var text = Text.Utf8(path);
            Text.Check(Native.polku_store_open(text, Text.Size(text), IntPtr.Zero, out var made, out var err), err);
            return made;
        }

        public void UsePath(ServicePath path)
        {
            Text.Check(Native.polku_store_use_path(this, path, out var err), err);
        }

        /// <summary>Carries out one command; all of its events are stored, or none.</summary>
        public string Execute(string commandJson)
        {
            var command = Text.Utf8(commandJson);
            var status = Native.polku_store_execute(this, command, Text.Size(command), out var answer, out var err);
            return Text.Of(status, answer, err);
        }

        /// <summary>One case as it stands on a day, as the host sees it.</summary>
        public string Case(string caseId, string asOf, string language)
        {
            byte[] id = Text.Utf8(caseId), day = Text.Utf8(asOf), spoken = Text.Utf8(language);
            GCHandle first = GCHandle.Alloc(day, GCHandleType.Pinned), second = GCHandle.Alloc(spoken, GCHandleType.Pinned);
            try
            {
                var options = new Native.ViewOptions
                {
                    as_of = first.AddrOfPinnedObject(), as_of_length = Text.Size(day),
                    language = second.AddrOfPinnedObject(), language_length = Text.Size(spoken)
                };
                options.struct_size = (uint)Marshal.SizeOf(options);
                var status = Native.polku_store_case(this, id, Text.Size(id), ref options, out var answer, out var err);
                return Text.Of(status, answer, err);
            }
            finally
            {
                first.Free();
                second.Free();
            }
        }

        /// <summary>Events after a position (0: from the start) as a JSON list; the feed has ended when the cursor stays.</summary>
        public string EventsSince(ulong position, uint limit, out ulong cursor)
        {
            var status = Native.polku_store_feed(this, position, limit, IntPtr.Zero, out var answer, out cursor, out var err);
            return Text.Of(status, answer, err);
        }

        protected override void Destroy(IntPtr made) { Native.polku_store_destroy(made); }
    }

    /// <summary>Something that polku made. The runtime keeps it alive during a call and destroys it when it is dropped.</summary>
    public abstract class Handle : SafeHandle
    {
        internal Handle(IntPtr made) : base(IntPtr.Zero, true) { SetHandle(made); }
        public override bool IsInvalid => handle == IntPtr.Zero;
        protected abstract void Destroy(IntPtr made);

        protected override bool ReleaseHandle()
        {
            Destroy(handle);
            return true;
        }
    }

    /// <summary>Texts over the C ABI: UTF-8 with a length on the way in, owned or borrowed on the way out.</summary>
    internal static class Text
    {
        internal delegate int MakeNamed(byte[] id, UIntPtr length, out IntPtr made, out IntPtr err);

        internal static byte[] Utf8(string text) { return text == null ? null : Encoding.UTF8.GetBytes(text); }
        internal static UIntPtr Size(byte[] text) { return (UIntPtr)(text == null ? 0 : text.Length); }

        internal static string Borrowed(IntPtr text)
        {
            int size = 0;
            while (Marshal.ReadByte(text, size) != 0) ++size;
            return Copied(text, size);
        }

        private static string Copied(IntPtr text, int size)
        {
            var bytes = new byte[size];
            Marshal.Copy(text, bytes, 0, size);
            return Encoding.UTF8.GetString(bytes);
        }

        internal static IntPtr Named(MakeNamed call, string id)
        {
            var text = Utf8(id);
            Check(call(text, Size(text), out var made, out var err), err);
            return made;
        }

        /// <summary>Takes over a polku_string, or throws what the call says.</summary>
        internal static string Of(int status, IntPtr owned, IntPtr err)
        {
            Check(status, err);
            try
            {
                return Copied(Native.polku_string_data(owned), checked((int)(ulong)Native.polku_string_size(owned)));
            }
            finally
            {
                Native.polku_string_destroy(owned);
            }
        }

        internal static void Check(int status, IntPtr err)
        {
            if (status == 0) return;
            var kind = status > 0 && status <= (int)Status.Internal ? (Status)status : Status.Internal;
            if (err == IntPtr.Zero) throw new PolkuException(kind, 0, kind.ToString(), kind.ToString(), new Position[0]);
            try
            {
                var positions = new List<Position>();
                for (ulong i = 0; i < (ulong)Native.polku_error_position_count(err); ++i)
                {
                    Native.polku_error_position_at(err, (UIntPtr)i, out var raw);
                    positions.Add(new Position
                    {
                        Source = Borrowed(raw.source), Element = Borrowed(raw.element), Pointer = Borrowed(raw.pointer),
                        Line = raw.line, Column = raw.column
                    });
                }
                throw new PolkuException(kind, Native.polku_error_code(err), Borrowed(Native.polku_error_message(err)),
                                         Borrowed(Native.polku_error_text(err)), positions);
            }
            finally
            {
                Native.polku_error_destroy(err);
            }
        }
    }

    /// <summary>The functions of the C ABI that are used here, as capi/polku*.h declares them.</summary>
    internal static class Native
    {
        private const string Library = "polku";

        [StructLayout(LayoutKind.Sequential)]
        internal struct RawPosition { internal IntPtr source, element, pointer; internal uint line, column; }

        [StructLayout(LayoutKind.Sequential)]
        internal struct File { internal IntPtr name; internal UIntPtr name_length; internal IntPtr data; internal UIntPtr data_length; }

        [StructLayout(LayoutKind.Sequential)]
        internal struct ViewOptions
        {
            internal uint struct_size, flags;
            internal IntPtr as_of;
            internal UIntPtr as_of_length;
            internal IntPtr language;
            internal UIntPtr language_length;
            internal IntPtr reader;
            internal UIntPtr reader_length;
            internal ulong reserved0, reserved1, reserved2, reserved3;
        }

        [DllImport(Library)] internal static extern uint polku_abi_version();
        [DllImport(Library)] internal static extern IntPtr polku_version();
        [DllImport(Library)] internal static extern uint polku_error_code(IntPtr err);
        [DllImport(Library)] internal static extern IntPtr polku_error_message(IntPtr err);
        [DllImport(Library)] internal static extern IntPtr polku_error_text(IntPtr err);
        [DllImport(Library)] internal static extern UIntPtr polku_error_position_count(IntPtr err);
        [DllImport(Library)] internal static extern int polku_error_position_at(IntPtr err, UIntPtr index, out RawPosition position);
        [DllImport(Library)] internal static extern void polku_error_destroy(IntPtr err);
        [DllImport(Library)] internal static extern IntPtr polku_string_data(IntPtr text);
        [DllImport(Library)] internal static extern UIntPtr polku_string_size(IntPtr text);
        [DllImport(Library)] internal static extern void polku_string_destroy(IntPtr text);
        [DllImport(Library)] internal static extern int polku_context_create(IntPtr options, out IntPtr made, out IntPtr err);
        [DllImport(Library)] internal static extern int polku_context_set_now(IntPtr ctx, byte[] now, UIntPtr length, out IntPtr err);
        [DllImport(Library)] internal static extern void polku_context_destroy(IntPtr ctx);
        [DllImport(Library)] internal static extern int polku_feel_evaluate(IntPtr ctx, byte[] expression, UIntPtr expressionLength,
            byte[] names, UIntPtr namesLength, out IntPtr answer, out IntPtr err);
        [DllImport(Library)] internal static extern int polku_program_compile(ref File files, UIntPtr count, out IntPtr made, out IntPtr err);
        [DllImport(Library)] internal static extern int polku_program_find(Handle program, byte[] name, UIntPtr length, out uint index,
            out IntPtr err);
        [DllImport(Library)] internal static extern int polku_program_evaluate_json(Handle program, IntPtr ctx, uint decision,
            byte[] input, UIntPtr length, out IntPtr answer, out IntPtr err);
        [DllImport(Library)] internal static extern void polku_program_destroy(IntPtr program);
        [DllImport(Library)] internal static extern int polku_pack_shipped(byte[] id, UIntPtr length, out IntPtr made, out IntPtr err);
        [DllImport(Library)] internal static extern int polku_pack_decide(Handle pack, byte[] question, UIntPtr length,
            out IntPtr answer, out IntPtr err);
        [DllImport(Library)] internal static extern int polku_pack_explain_text(Handle pack, byte[] question, UIntPtr length,
            byte[] language, UIntPtr languageLength, out IntPtr answer, out IntPtr err);
        [DllImport(Library)] internal static extern void polku_pack_destroy(IntPtr pack);
        [DllImport(Library)] internal static extern int polku_path_shipped(byte[] id, UIntPtr length, out IntPtr made, out IntPtr err);
        [DllImport(Library)] internal static extern void polku_path_destroy(IntPtr path);
        [DllImport(Library)] internal static extern int polku_store_open(byte[] path, UIntPtr length, IntPtr options, out IntPtr made,
            out IntPtr err);
        [DllImport(Library)] internal static extern int polku_store_use_path(Handle store, Handle path, out IntPtr err);
        [DllImport(Library)] internal static extern int polku_store_execute(Handle store, byte[] command, UIntPtr length,
            out IntPtr answer, out IntPtr err);
        [DllImport(Library)] internal static extern int polku_store_case(Handle store, byte[] caseId, UIntPtr length,
            ref ViewOptions options, out IntPtr answer, out IntPtr err);
        [DllImport(Library)] internal static extern int polku_store_feed(Handle store, ulong position, uint limit, IntPtr options,
            out IntPtr answer, out ulong cursor, out IntPtr err);
        [DllImport(Library)] internal static extern void polku_store_destroy(IntPtr store);
    }
}
