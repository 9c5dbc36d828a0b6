namespace Baton.Operations.Vendors;

/// <summary>
/// Names of ours and what they are called there, as a setting writes them: <c>billing=360001, shipping=360002</c>.
/// </summary>
internal static class NameMap
{
    /// <summary>By our name; what is no pair is left out, see <see cref="Problem"/>.</summary>
    public static IReadOnlyDictionary<string, string> Read(string setting)
    {
        var map = new Dictionary<string, string>();
        foreach (var part in Parts(setting))
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } ours, { Length: > 0 } theirs])
                map[ours] = theirs;
        return map;
    }

    /// <summary>What is wrong with a setting, or null.</summary>
    /// <param name="isTheirs">Whether something can be a name there.</param>
    /// <param name="theirs">What names there look like, in words.</param>
    public static string? Problem(string setting, Func<string, bool> isTheirs, string theirs)
    {
        foreach (var part in Parts(setting))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 }, { Length: > 0 } value])
                return $"has '{part}', use pairs such as name=value, separated by commas";
            if (!isTheirs(value)) return $"has '{part}', use {theirs} after the =";
        }
        return null;
    }

    private static string[] Parts(string setting) =>
        setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
