using SQLitePCL;

namespace Baton.Storage.Sqlite;

/// <summary>The SQLite engine that ships with Baton.</summary>
internal static class SqliteLibrary
{
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>Version of the engine in use, for example <c>3.53.4</c>.</summary>
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
            Batteries_V2.Init();
            _loaded = true;
        }
    }
}
