namespace Baton.Storage.Engines;

/// <summary>A column of the schema that holds text.</summary>
/// <param name="Key">SQL that names a row, for example <c>cast("id" as text)</c>; made of the schema alone.</param>
internal sealed record TextColumn(string Table, string Name, string Key)
{
    /// <summary>Table and column, as people write them.</summary>
    public string Place => $"{Table}.{Name}";
}
