using System.ComponentModel.DataAnnotations;

namespace Baton.Conversations.Attachments;

/// <summary>What is kept of the files that customers send: <c>BATON__Intake__Attachments__…</c>.</summary>
public sealed record AttachmentOptions
{
    /// <summary>Largest file in bytes. Default 10 MiB.</summary>
    [Range(0, 100 * 1024 * 1024)]
    public int LargestBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Bytes of all files of one message. Default 25 MiB.</summary>
    [Range(0, 200 * 1024 * 1024)]
    public int BytesPerMessage { get; init; } = 25 * 1024 * 1024;

    /// <summary>Files of one message. Default 10.</summary>
    [Range(0, 100)]
    public int PerMessage { get; init; } = 10;

    /// <summary>
    /// Types that are kept, by content, separated by commas or spaces. Default: common pictures, PDF, plain text, the
    /// usual office files without macros, sound and films.
    /// </summary>
    public string Types { get; init; } =
        "image/png image/jpeg image/gif image/webp image/heic image/tiff application/pdf text/plain "
        + "application/vnd.openxmlformats-officedocument application/vnd.oasis.opendocument "
        + "video/mp4 video/quicktime audio/mpeg audio/ogg audio/wav";

    internal IReadOnlyList<string> TypeList =>
        Types.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
