namespace Baton.Privacy.Finding;

/// <summary>All finders that work by form and by the words around.</summary>
internal static class Finders
{
    /// <summary>Adds every finding of every finder; they may overlap.</summary>
    public static void Search(Reading reading)
    {
        EmailFinder.Find(reading);
        WebFinder.Find(reading);
        NetworkFinder.Find(reading);
        NumberFinder.Find(reading);
        SecretFinder.FindKeys(reading);
        var addressed = -1;
        for (var i = 0; i < reading.Tokens.Length; i++)
        {
            if (reading.Tokens[i].IsMark) continue;
            if (i > addressed) addressed = Math.Max(addressed, AddressFinder.FindAt(reading, i));
            if (!reading.Tokens[i].IsWord) continue;
            NameFinder.FindAt(reading, i);
            DateFinder.FindNamed(reading, i);
            SecretFinder.FindAt(reading, i);
        }
    }
}
