namespace Baton.Playbooks.Loading.Source;

/// <summary>One file of a playbook: path inside the folder with forward slashes, text with line feeds only.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>File name without folder and extension.</summary>
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);
}
