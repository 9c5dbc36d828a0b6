using Baton.Storage;

namespace Baton.Server.Api;

/// <summary>
/// Where the keys of sessions, second factors and signed links are: beside a file; with a server in the folder of
/// customers' keys, which all its processes share.
/// </summary>
internal static class SessionKeys
{
    private const string Name = "session-keys";

    /// <param name="folder">Where this machine keeps what is not in the database.</param>
    public static DirectoryInfo In(string folder, Database database)
    {
        var own = new DirectoryInfo(Path.Combine(folder, Name));
        if (!database.IsShared) return own;
        var shared = new DirectoryInfo(Path.Combine(database.Keys.Folder, Name));
        if (shared.Exists || !own.Exists) return shared;
        // An earlier release kept them on each machine.
        shared.Create();
        foreach (var key in own.GetFiles("key-*.xml"))
            key.CopyTo(Path.Combine(shared.FullName, key.Name), overwrite: true);
        return shared;
    }
}
