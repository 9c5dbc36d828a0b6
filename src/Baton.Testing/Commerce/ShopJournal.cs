using System.Text;
using System.Text.Json;

namespace Baton.Testing.Commerce;

/// <summary>The ledger on the disk: a line for each effect; a later one of the same reference replaces it.</summary>
internal static class ShopJournal
{
    public static List<ShopEffect> Read(string? path)
    {
        List<ShopEffect> effects = [];
        if (path is null || !File.Exists(path)) return effects;
        foreach (var line in File.ReadLines(path))
        {
            if (Effect(line) is not { } effect) continue;
            var at = effects.FindIndex(e => e.Reference == effect.Reference);
            if (at < 0) effects.Add(effect);
            else effects[at] = effect;
        }
        return effects;
    }

    /// <summary>On the disk before anybody is told of it.</summary>
    public static void Append(string? path, ShopEffect effect)
    {
        if (path is null) return;
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        // A line that a crash has cut ends here, so that it spoils no other.
        file.Write(Encoding.UTF8.GetBytes($"\n{JsonSerializer.Serialize(effect)}"));
        file.Flush(flushToDisk: true);
    }

    private static ShopEffect? Effect(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<ShopEffect>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
