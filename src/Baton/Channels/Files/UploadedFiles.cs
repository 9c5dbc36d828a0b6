using Baton.Conversations.Attachments;
using Microsoft.AspNetCore.Http;

namespace Baton.Channels.Files;

/// <summary>Files of a form, as a channel hands them over.</summary>
internal static class UploadedFiles
{
    /// <summary>One that is too large is not read, and says so.</summary>
    public static async Task<IReadOnlyList<InboundAttachment>> ReadAsync(
        IFormFileCollection files, AttachmentOptions options, CancellationToken cancellationToken)
    {
        var read = new List<InboundAttachment>(files.Count);
        foreach (var file in files)
        {
            // A browser sends a field in which nothing was chosen as an empty file without a name.
            if (file.Length == 0 && file.FileName.Length == 0) continue;
            if (file.Length > options.LargestBytes)
            {
                read.Add(new InboundAttachment(file.FileName, default)
                {
                    Size = file.Length,
                    NotRead = $"it has {file.Length:N0} bytes, {options.LargestBytes:N0} are kept at most",
                });
                continue;
            }
            using var body = new MemoryStream((int)file.Length);
            await file.CopyToAsync(body, cancellationToken);
            read.Add(new InboundAttachment(file.FileName, body.ToArray()));
        }
        return read;
    }
}
