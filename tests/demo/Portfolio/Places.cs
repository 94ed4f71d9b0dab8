namespace Agency.Demo.Portfolio;

/// <summary>A district of the city and where in it there is building.</summary>
/// <param name="Weight">How much is built there.</param>
internal sealed record Place(string District, string Name, int Weight, IReadOnlyList<string> Sites, IReadOnlyList<string> Parks);

/// <summary>The districts, each with streets and towns, and with industrial parks.</summary>
internal static class Places
{
    public static IReadOnlyList<(Place Value, int Weight)> All { get; } =
    [
        Of("511302", "顺庆区", 20, "潆溪街道 舞凤街道 搬罾街道 新建街道 北城街道 清泉坝片区", "潆华工业园 搬罾现代产业园"),
        Of("511303", "高坪区", 17, "江东新区 都京街道 小龙街道 清溪街道 龙门街道", "航空港科技创新中心 螺溪工业园 都京丝纺服装产业园"),
        Of("511304", "嘉陵区", 15, "都尉街道 西兴街道 火花街道 文峰街道 凤垭街道", "嘉陵工业集中区 河西化工园 盐溪工业园"),
        Of("511321", "南部县", 12, "满福街道 蜀北街道 河东镇 升钟镇 定水镇", "河东工业园 东坝工业园 定水机械产业园"),
        Of("511322", "营山县", 8, "朗池街道 绥安街道 渌井镇 小桥镇", "城南工业园 三星工业园"),
        Of("511323", "蓬安县", 7, "相如街道 周口街道 锦屏镇 徐家镇", "河舒工业园 工业集中区金溪片区"),
        Of("511324", "仪陇县", 8, "新政镇 金城镇 马鞍镇 度门街道", "河西工业园 石佛工业园"),
        Of("511325", "西充县", 7, "晋城街道 南台街道 多扶镇 凤鸣镇", "多扶食品工业园 太平工业园"),
        Of("511381", "阆中市", 10, "七里街道 保宁街道 江南街道 古城片区 思依镇", "江南工业园 七里工业园"),
    ];

    private static (Place Value, int Weight) Of(string district, string name, int weight, string sites, string parks) => (new(district, name, weight, sites.Split(' '), parks.Split(' ')), weight);
}
