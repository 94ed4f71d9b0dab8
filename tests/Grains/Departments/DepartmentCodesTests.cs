using Agency.Catalogue;
using Agency.Departments;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Departments;

public sealed class DepartmentCodesTests
{
    private static readonly DepartmentCodes _codes = new(Cities.Shipped);

    [Theory]
    [InlineData("ZJJ", Authority.City, "511300-ZJJ")]
    [InlineData("ZJJ", Authority.District, "511302-ZJJ")]
    [InlineData("XQZF", Authority.District, "511302-XQZF")]
    [InlineData("SZF", Authority.City, "510000-SZF")]
    [InlineData("SZF", Authority.District, "510000-SZF")]
    [InlineData("GDQY", Authority.District, "511300-GDQY")]
    [InlineData("STSC", Authority.District, "511300-STSC")]
    [InlineData("GGZY", Authority.District, "511300-GGZY")]
    [InlineData("OWNER", Authority.District, "OWNER")]
    [InlineData("OWNER", Authority.City, "OWNER")]
    public void An_organ_resolves_by_the_authority_and_the_district(string organ, Authority authority, string code)
    {
        Assert.Equal(code, _codes.Of(organ, authority, "511302"));
        Assert.Equal(organ, _codes.Find(code)!.Organ);
    }

    [Theory]
    [InlineData("511300-ZJJ", "南充市住房和城乡建设局", "市住建局", OrganKind.Department)]
    [InlineData("511302-ZJJ", "顺庆区住房和城乡建设局", "顺庆区住建局", OrganKind.Department)]
    [InlineData("511302-XQZF", "顺庆区人民政府", "顺庆区属地政府", OrganKind.Department)]
    [InlineData("510000-SZF", "四川省人民政府", "省政府", OrganKind.HigherAuthority)]
    [InlineData("511300-GGZY", "南充市公共资源交易中心", "市交易中心", OrganKind.TradingCentre)]
    [InlineData("511300-GDQY", "国网南充供电公司", "供电", OrganKind.Utility)]
    [InlineData("OWNER", "建设单位", "建设单位", OrganKind.Owner)]
    public void A_department_has_its_place_in_its_name(string code, string name, string shortName, OrganKind kind) =>
        Assert.Equal((name, shortName, kind), (_codes.Find(code)!.Name, _codes.Find(code)!.ShortName, _codes.Find(code)!.Kind));

    [Theory]
    [InlineData("511302-GGZY")]
    [InlineData("511302-SZF")]
    [InlineData("511300-OWNER")]
    [InlineData("511399-ZJJ")]
    [InlineData("511300-zjj")]
    [InlineData("")]
    public void Other_codes_are_none(string code) => Assert.Null(_codes.Find(code));

    [Fact]
    public void All_are_listed_once_and_every_organ_of_every_district_resolves_to_one_of_them()
    {
        var organs = Cities.Shipped.Organs;
        Assert.Equal((organs.Count(o => o.Kind == OrganKind.Department) * 10) + organs.Count(o => o.Kind != OrganKind.Department), _codes.All.Length);
        Assert.Equal(_codes.All.Length, _codes.All.Select(d => d.Code).Distinct().Count());
        var resolved = from organ in organs
                       from district in Cities.Shipped.City.Districts
                       from authority in Enum.GetValues<Authority>()
                       select _codes.Of(organ.Code, authority, district.Code);
        Assert.Equal(_codes.All.Select(d => d.Code).Order(), resolved.Distinct().Order());
    }
}
