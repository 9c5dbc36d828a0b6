using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Baton.Storage.Sqlite;

/// <summary>
/// Chooses the SQLite engine: the system's when it is newer than the bundled one and can do what Baton needs, because
/// the system's is the one that gets security updates.
/// </summary>
internal static unsafe class SqliteLibrary
{
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>Version of the engine in use, for example <c>3.40.1</c>.</summary>
    public static string Version
    {
        get
        {
            Load();
            return raw.sqlite3_libversion().utf8_to_string();
        }
    }

    /// <summary>Loads the engine once per process.</summary>
    public static void Load()
    {
        lock (Gate)
        {
            if (_loaded) return;
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            _loaded = true;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        NativeLibrary.TryLoad(name, assembly, path, out var bundled);
        foreach (var candidate in (string[])["libsqlite3.so.0", "libsqlite3.dylib"])
        {
            if (NativeLibrary.TryLoad(candidate, out var system) && Number(system) > Number(bundled) && HasAll(system))
                return system;
        }
        return bundled;
    }

    private static int Number(nint library) =>
        library != 0 && NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var export)
            ? ((delegate* unmanaged[Cdecl]<int>)export)()
            : 0;

    private static bool HasAll(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "sqlite3_compileoption_used", out var used)) return false;
        if (!NativeLibrary.TryGetExport(library, "sqlite3_threadsafe", out var threadsafe)) return false;
        fixed (byte* search = "ENABLE_FTS5\0"u8)
        {
            return ((delegate* unmanaged[Cdecl]<byte*, int>)used)(search) != 0
                && ((delegate* unmanaged[Cdecl]<int>)threadsafe)() != 0;
        }
    }
}
