namespace Baton.Gateway.Money.Exporting;

/// <summary>Where files for other programs are put: a folder, or a store of objects.</summary>
internal interface IDropPlace
{
    /// <summary>Puts a file there whole or not at all; one of the same name is replaced.</summary>
    /// <param name="content">Read once, from its beginning.</param>
    Task PutAsync(string name, Stream content, CancellationToken cancellationToken);
}

/// <summary>A folder: a file is written beside its name first, so that nobody fetches half of one.</summary>
internal sealed class DropFolder(string folder) : IDropPlace
{
    public async Task PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var (path, half) = (Path.Combine(folder, name), Path.Combine(folder, $".{name}.part"));
        await using (var file = new FileStream(half, FileMode.Create, FileAccess.Write))
        {
            await content.CopyToAsync(file, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        File.Move(half, path, overwrite: true);
    }
}
