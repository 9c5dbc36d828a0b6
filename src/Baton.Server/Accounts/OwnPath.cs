namespace Baton.Server.Accounts;

/// <summary>Nobody is sent to another site after logging in.</summary>
internal static class OwnPath
{
    /// <summary>The path when it is one of this console, else another.</summary>
    public static string Or(string? path, string other) => Is(path) ? path! : other;

    public static bool Is(string? path) =>
        path is ['/', ..] && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl);
}
