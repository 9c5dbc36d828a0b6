using System.ComponentModel.DataAnnotations;
using Baton.Operations.Vendors;

namespace Baton.Tests.Operations.Vendors;

/// <summary>Settings of systems that are called: credentials never cross the open network in the clear.</summary>
public sealed class VendorOptionsTests
{
    public static TheoryData<string> All =>
        [.. typeof(VendorOptions).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(VendorOptions)) && !t.IsAbstract)
            .Select(t => t.FullName!)];

    [Theory]
    [MemberData(nameof(All))]
    public void Refuses_http_unless_the_address_is_in_a_network_of_ones_own(string type)
    {
        Assert.Contains(Problems(type, allowPrivate: false), p => p.Contains("set AllowPrivate", StringComparison.Ordinal));
        Assert.DoesNotContain(Problems(type, allowPrivate: true), p => p.Contains("is http", StringComparison.Ordinal));
    }

    private static List<string> Problems(string name, bool allowPrivate)
    {
        var type = typeof(VendorOptions).Assembly.GetType(name)!;
        var options = (VendorOptions)Activator.CreateInstance(type)!;
        type.GetProperty(nameof(VendorOptions.Url))!.SetValue(options, new Uri("http://vendor.example"));
        type.GetProperty(nameof(VendorOptions.AllowPrivate))!.SetValue(options, allowPrivate);
        return [.. options.Validate(new ValidationContext(options)).Select(p => p.ErrorMessage!)];
    }
}
